import { life } from '../../test/support/life.ts';

/* The end of the day: rules 16 to 18. */

/* ——— rules 16–18: the end of the day ——— */

life(
  'rule 16: a reversal called for after 23:58:55 is not begun',
  { at: '23:55:00', rules: { notFoundFinalAfterMs: 226_000 } },
  `
  0     starts         -> send pushToPay, pushing
  0     written        -> waiting
  62    due            -> send statusCheck, checking
  63    check 25       -> askedAgain
  226   due turn       -> send statusCheck, askedAgain
  236   check silent   -> needs attention: cutOff`,
);

life(
  'rule 16: retries end at 23:58:55',
  { at: '23:55:00' },
  `
  0      starts            -> send pushToPay, pushing
  0      written           -> waiting
  200    late              -> send reversal, reversing
  215    reversal silent   -> reversing
  217    due turn          -> send reversal, reversing
  232    reversal silent   -> reversing
  235    due               -> needs attention: cutOff`,
);

life(
  'rule 16: an answer to an attempt begun before the cut-off still counts',
  { at: '23:55:00' },
  `
  0      starts            -> send pushToPay, pushing
  0      written           -> waiting
  234    late              -> send reversal, reversing
  244    reversal 00       -> reversed`,
);

life(
  'rule 16: a connection that came too late was dropped unsent',
  { at: '23:55:00' },
  `
  0      starts                -> send pushToPay, pushing
  0      written               -> waiting
  234    late                  -> send reversal, reversing
  239    reversal never gate   -> needs attention: cutOff`,
);

life(
  'rule 17: from 23:56:00 no number is taken',
  { at: '23:56:00' },
  `
  0   starts   -> not charged: midnightGuard
  0   due      -> not charged: midnightGuard`,
);

life(
  'rule 17: judged when the number is taken, not before the phone check',
  { at: '23:55:55', rules: { phoneCheck: true } },
  `
  0   starts     -> send phoneCheck, checkingPhone
  6   phone 00   -> not charged: midnightGuard`,
);

life(
  'rule 17: the guard at t = 0 ends the payment as never sent',
  { at: '23:55:59' },
  `
  0   starts            -> send pushToPay, pushing
  2   push never gate   -> not charged: midnightGuard`,
);

life(
  'rule 17 and 26a: the later clock closes the guard',
  { at: '23:50:00', offset: 400 },
  `
  0   starts   -> not charged: midnightGuard
  0   due      -> not charged: midnightGuard`,
);

life(
  'rule 17: an earlier guard by setting',
  { at: '23:30:00', rules: { midnightGuardMs: 84_600_000 } },
  `
  0   starts   -> not charged: midnightGuard
  0   due      -> not charged: midnightGuard`,
);

life(
  'rule 18: asked again, and still in doubt at 23:59:00',
  { at: '23:55:00', rules: { notFoundFinalAfterMs: 900_000 } },
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  62    due        -> send statusCheck, checking
  63    check 25   -> askedAgain
  240   due        -> needs attention: cutOff`,
);

life(
  'rule 18: a person may not say "not charged" before 130 s',
  `
  0     starts               -> send pushToPay, pushing
  0     written              -> waiting
  62    due                  -> send statusCheck, checking
  63    check another        -> needs attention: numbersOfAnotherPayment
  129   manager notCharged   -> needs attention: numbersOfAnotherPayment
  130   manager notCharged   -> resolved`,
);

life(
  'rule 18: a person may say "charged" at any time, as a note',
  `
  0     starts            -> send pushToPay, pushing
  0     written           -> waiting
  62    due               -> send statusCheck, checking
  63    check another     -> needs attention: numbersOfAnotherPayment
  70    manager charged   -> resolved`,
);
