import { life } from '../../test/support/life.ts';

/* ——— what a second reading of the rules found missing ——— */

for (const code of ['25', '68', 'ER', '94', 'ZZ', '17', 'BR']) {
  const told = code === 'BR' ? 'tell terminalSetUpWrongly, ' : '';
  life(
    `rules 12a and 12b: after 94 an unproven or empty answer (${code}) that echoes our invoice reverses nothing`,
    { trusted: false },
    `
    0    starts          -> send pushToPay, pushing
    0    written         -> waiting
    1    push 94         -> waiting
    62   due             -> send statusCheck, checking
    63   check ${code}   -> ${told}checking
    65   due             -> needs attention: contested`,
  );
}

life(
  'rule 12a: with reverseOnNotFound, too, a contested 25 reverses nothing',
  { rules: { reverseOnNotFound: true } },
  `
  0    starts     -> send pushToPay, pushing
  0    written    -> waiting
  1    push 94    -> waiting
  62   due        -> send statusCheck, checking
  63   check 25   -> checking
  65   due        -> needs attention: contested`,
);

life(
  'rule 12a: a 94 that comes while the check is out counts all the same',
  `
  0    starts     -> send pushToPay, pushing
  0    written    -> waiting
  62   due        -> send statusCheck, checking
  63   push 94    -> checking
  64   check 68   -> checking
  65   due        -> needs attention: contested`,
);

life(
  "rule 12a: reversal called for and not begun: an approval that is another payment's needs attention",
  `
  0    starts                            -> send pushToPay, pushing
  0    written                           -> waiting
  1    push 94                           -> waiting
  2    restart                           -> waiting
  64   due turn                          -> send statusCheck, checking
  65   check 40                          -> checking
  67   due                               -> reversing
  67   due turn                          -> reversing
  79   due turn                          -> send statusCheck, reversing
  80   check 00 seen-before no-invoice   -> needs attention: contested`,
);

for (const [what, line, then] of [
  ['restart', '64    restart', 'due turn'],
  ['sleep', '64    resume ', 'due'],
] as const) {
  life(
    `rules 14a and 22: "charged" is remembered across a ${what}: a later 25 ends nothing`,
    { rules: { statusCheck: { onApproved: 'reverse' } } },
    `
    0     starts     -> send pushToPay, pushing
    0     written    -> waiting
    62    due        -> send statusCheck, checking
    63    check 00   -> checking
    ${line}    -> waiting
    126   ${then}    -> send statusCheck, checking
    127   check 25   -> checking`,
  );
  life(
    `rules 14a and 22: "charged" is remembered across a ${what}: a later decline contradicts it`,
    { rules: { statusCheck: { onApproved: 'reverse' } } },
    `
    0     starts     -> send pushToPay, pushing
    0     written    -> waiting
    62    due        -> send statusCheck, checking
    63    check 00   -> checking
    ${line}    -> waiting
    126   ${then}    -> send statusCheck, checking
    127   check 17   -> needs attention: contradiction`,
  );
  life(
    `trace 24 and rule 22: the customer paid otherwise after a 25 and a ${what}: a late approval is reversed`,
    `
    0     starts                   -> send pushToPay, pushing
    0     written                  -> waiting
    62    due                      -> send statusCheck, checking
    63    check 25                 -> askedAgain
    ${line}                        -> waiting
    75    cashier pays-otherwise   -> waiting
    126   ${then}                  -> send statusCheck, checking
    127   check 00                 -> checking`,
  );
}

life(
  "rule 22: an old socket's 25 does not take the place of the check",
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  40    resume     -> waiting
  41    push 25    -> waiting
  102   due        -> send statusCheck, checking`,
);

life(
  'rule 22: a start found it, and a sleep does not make it forget: it still takes its turn',
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  10    restart    -> waiting
  20    resume     -> waiting
  82    due turn   -> send statusCheck, checking`,
);

life(
  'rules 13 and 22: while reversing, 130 s count from the restart: a 25 before that settles nothing',
  `
  0     starts            -> send pushToPay, pushing
  0     written           -> waiting
  62    due               -> send statusCheck, checking
  65    due               -> send reversal, reversing
  120   restart           -> reversing
  140   late              -> send statusCheck, reversing
  141   OVO is heard      -> reversing
  141   check 25          -> reversing
  143   due turn          -> send reversal, reversing`,
);

life(
  'rule 13: while reversing, a 25 in a check sent at 130 s or later is not charged',
  `
  0     starts            -> send pushToPay, pushing
  0     written           -> waiting
  62    due               -> send statusCheck, checking
  65    due               -> send reversal, reversing
  80    reversal silent   -> reversing
  82    due turn          -> send reversal, reversing
  97    reversal silent   -> reversing
  101   due turn          -> send reversal, reversing
  116   reversal silent   -> reversing
  130   late              -> send statusCheck, reversing
  131   check 25          -> not charged: notFound`,
);

life(
  'rule 13: the same for a decline; and neither after OVO has said charged',
  { rules: { statusCheck: { onApproved: 'reverse' } } },
  `
  0     starts            -> send pushToPay, pushing
  0     written           -> waiting
  62    due               -> send statusCheck, checking
  63    check 00          -> checking
  65    due               -> send reversal, reversing
  80    reversal silent   -> reversing
  82    due turn          -> send reversal, reversing
  97    reversal silent   -> reversing
  101   due turn          -> send reversal, reversing
  116   reversal silent   -> reversing
  130   late              -> send statusCheck, reversing
  131   check 25          -> reversing
  139   due turn          -> send reversal, reversing
  140   reversal silent   -> reversing`,
);

life(
  'rule 13: a decline at 130 s or later ends it, before that it does not',
  `
  0     starts            -> send pushToPay, pushing
  0     written           -> waiting
  62    due               -> send statusCheck, checking
  65    due               -> send reversal, reversing
  66    reversal lost     -> reversing
  68    due turn          -> send reversal, reversing
  69    reversal lost     -> reversing
  73    due turn          -> send reversal, reversing
  74    reversal lost     -> reversing
  82    due turn          -> send statusCheck, reversing
  83    check 17          -> reversing
  91    due turn          -> send reversal, reversing
  92    reversal lost     -> reversing
  108   due turn          -> send reversal, reversing
  109   reversal lost     -> reversing
  139   due turn          -> send reversal, reversing
  140   reversal lost     -> reversing
  170   due turn          -> send statusCheck, reversing
  171   check 17          -> not charged: canceledByUser`,
);

for (const code of ['54', '96', 'EB', 'BR']) {
  life(
    `rule 13: a reversal answered ${code} goes on, and the manager is told`,
    `
    0     starts             -> send pushToPay, pushing
    0     written            -> waiting
    62    due                -> send statusCheck, checking
    65    due                -> send reversal, reversing
    66    reversal ${code}   -> tell terminalSetUpWrongly, reversing
    68    due turn           -> send reversal, reversing`,
  );
}

life(
  'rule 13: a check that had to wait its turn keeps the next one 15 s away',
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  1     restart    -> waiting
  80    late       -> send statusCheck, checking
  81    check 40   -> reversing
  81    due turn   -> reversing
  95    due turn   -> send statusCheck, reversing`,
);

life(
  "rule 9: reversed by a check, the push's socket stays open until 65 s",
  `
  0    starts     -> send pushToPay, pushing
  0    written    -> waiting
  62   due        -> send statusCheck, checking
  63   check 73   -> reversed
  64   push 00    -> reversed`,
);

for (const code of ['58', '96', 'EB', 'BR', '25', '94', '40', '17', '73']) {
  life(
    `rule 14a: paid by the check, then the push itself says ${code}: a person decides`,
    `
    0    starts         -> send pushToPay, pushing
    0    written        -> waiting
    62   due            -> send statusCheck, checking
    63   check 00       -> paid
    64   push ${code}   -> needs attention: contradiction`,
  );
}

life(
  'rule 10: paid by the push, then its check names another payment: a person decides',
  `
  0    starts          -> send pushToPay, pushing
  0    written         -> waiting
  62   due             -> send statusCheck, checking
  63   push 00         -> paid
  64   check another   -> needs attention: numbersOfAnotherPayment`,
);

life(
  "rule 26a: OVO's clock behind the PC's does not put the cut-off later",
  { at: '23:55:00', offset: -600 },
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
  "rule 26a: OVO's clock ahead of the PC's brings the cut-off forward",
  { at: '23:45:00', offset: 600 },
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
  'rules 17 and 26a: an offset that only an earlier run knows is put to OVO before it closes the guard',
  { at: '15:00:00', offset: 86_400, heard: false },
  `
  0   starts     -> send phoneCheck, checkingPhone
  1   phone ER   -> phoneUnchecked
  3   cashier goes-on -> not charged: midnightGuard`,
);

life(
  'T3: a payment whose day ends with its check still out is for a person',
  { at: '23:55:30' },
  `
  0     starts        -> send pushToPay, pushing
  0     written       -> waiting
  260   late          -> needs attention: cutOff`,
);

life(
  'rule 18: after a restart the 130 s before "not charged" count anew',
  `
  0     starts               -> send pushToPay, pushing
  0     written              -> waiting
  62    due                  -> send statusCheck, checking
  63    check another        -> needs attention: numbersOfAnotherPayment
  100   restart              -> needs attention: numbersOfAnotherPayment
  150   manager notCharged   -> needs attention: numbersOfAnotherPayment
  230   manager notCharged   -> resolved`,
);
