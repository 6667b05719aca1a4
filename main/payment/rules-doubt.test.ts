import { life } from '../../test/support/life.ts';

/* Asking OVO what became of a payment: rules 12, 12a and 12b. */

/* ——— rule 12: the check at 62 s ——— */

life(
  'rule 12: no answer, the check says 00, accepted',
  { trusted: false },
  `
  0    starts     -> send pushToPay, pushing
  0    written    -> waiting
  62   due        -> send statusCheck, checking
  63   check 00   -> trust, paid`,
);

life(
  'rule 12: the check says 00, reversed by setting',
  { rules: { statusCheck: { onApproved: 'reverse' } } },
  `
  0    starts        -> send pushToPay, pushing
  0    written       -> waiting
  62   due           -> send statusCheck, checking
  63   check 00      -> checking
  65   due           -> send reversal, reversing
  66   reversal 00   -> reversed`,
);

life(
  'rule 12: 25 is not the end; the check sent at 130 s decides',
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  62    due        -> send statusCheck, checking
  63    check 25   -> askedAgain
  65    push silent -> askedAgain
  130   due turn   -> send statusCheck, askedAgain
  131   check 25   -> not charged: notFound`,
);

life(
  'rule 12: at 130 s 00 is paid',
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  62    due        -> send statusCheck, checking
  63    check 25   -> askedAgain
  130   due turn   -> send statusCheck, askedAgain
  131   check 00   -> paid`,
);

life(
  'rule 12: at 130 s 00 is reversed once the customer has paid otherwise',
  `
  0     starts                   -> send pushToPay, pushing
  0     written                  -> waiting
  62    due                      -> send statusCheck, checking
  63    check 25                 -> askedAgain
  80    cashier pays-otherwise   -> askedAgain
  130   due turn                 -> send statusCheck, askedAgain
  131   check 00                 -> reversing
  131   due turn                 -> send reversal, reversing
  132   reversal 00              -> reversed`,
);

life(
  'rule 12: at 130 s a decline is final, 73 is reversed',
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  62    due        -> send statusCheck, checking
  63    check 25   -> askedAgain
  130   due turn   -> send statusCheck, askedAgain
  131   check 17   -> not charged: canceledByUser`,
);

life(
  'rule 12: at 130 s anything else is reversed',
  `
  0      starts         -> send pushToPay, pushing
  0      written        -> waiting
  62     due            -> send statusCheck, checking
  63     check 25       -> askedAgain
  130    due turn       -> send statusCheck, askedAgain
  145    check silent   -> reversing
  145    due turn       -> send reversal, reversing`,
);

life(
  'rule 12: notFoundFinalAfter moves the deciding check',
  { rules: { notFoundFinalAfterMs: 180_000 } },
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  62    due        -> send statusCheck, checking
  63    check 25   -> askedAgain
  180   due turn   -> send statusCheck, askedAgain
  181   check 25   -> not charged: notFound`,
);

life(
  'rule 12: reverseOnNotFound treats the first 25 as no answer',
  { rules: { reverseOnNotFound: true } },
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  62    due        -> send statusCheck, checking
  63    check 25   -> checking
  65    due        -> send reversal, reversing`,
);

for (const code of ['40', '58', '68', '94', 'ER', 'ZZ', '17']) {
  life(
    `rule 12: the check says ${code}: reversal at 65 s`,
    `
    0    starts          -> send pushToPay, pushing
    0    written         -> waiting
    62   due             -> send statusCheck, checking
    63   check ${code}   -> checking
    65   due             -> send reversal, reversing`,
  );
}

for (const code of ['54', '96', 'EB', 'BR']) {
  life(
    `rule 12: the check says ${code}: reversal at 65 s, and the manager is told`,
    `
    0    starts          -> send pushToPay, pushing
    0    written         -> waiting
    62   due             -> send statusCheck, checking
    63   check ${code}   -> tell terminalSetUpWrongly, checking
    65   due             -> send reversal, reversing`,
  );
}

life(
  'rule 12: the check says 73: reversed',
  `
  0    starts     -> send pushToPay, pushing
  0    written    -> waiting
  62   due        -> send statusCheck, checking
  63   check 73   -> reversed`,
);

life(
  'rule 12: with the check switched off it is reversed at 65 s',
  { rules: { statusCheck: { enabled: false } } },
  `
  0    starts     -> send pushToPay, pushing
  0    written    -> waiting
  65   due        -> close, send reversal, reversing`,
);

life(
  'rule 12: an in-doubt answer lets the customer confirm until the check',
  `
  0    starts       -> send pushToPay, pushing
  0    written      -> waiting
  1    push 68      -> waiting
  62   due          -> send statusCheck, checking
  63   check 00     -> paid`,
);

/* ——— rule 12a: 94 and 40 ——— */

for (const code of ['94', '40']) {
  life(
    `rule 12a: after ${code} an approval that is ours beyond doubt is accepted`,
    `
    0    starts         -> send pushToPay, pushing
    0    written        -> waiting
    1    push ${code}   -> waiting
    62   due            -> send statusCheck, checking
    63   check 00       -> paid`,
  );
  life(
    `rule 12a: after ${code} an approval already in our books needs attention at 65 s`,
    `
    0    starts                 -> send pushToPay, pushing
    0    written                -> waiting
    1    push ${code}           -> waiting
    62   due                    -> send statusCheck, checking
    63   check 00 seen-before   -> checking
    65   due                    -> needs attention: contested`,
  );
  life(
    `rule 12a: after ${code} an approval that leaves the phone out needs attention`,
    `
    0    starts              -> send pushToPay, pushing
    0    written             -> waiting
    1    push ${code}        -> waiting
    62   due                 -> send statusCheck, checking
    63   check 00 no-phone   -> checking
    65   due                 -> needs attention: contested`,
  );
  life(
    `rule 12a: after ${code} a silent check needs attention, and no reversal`,
    `
    0    starts         -> send pushToPay, pushing
    0    written        -> waiting
    1    push ${code}   -> waiting
    62   due            -> send statusCheck, checking
    65   due            -> needs attention: contested`,
  );
  life(
    `rule 12a: after ${code} a check that names our invoice may reverse`,
    `
    0    starts         -> send pushToPay, pushing
    0    written        -> waiting
    1    push ${code}   -> waiting
    62   due            -> send statusCheck, checking
    63   check 40       -> checking
    65   due            -> send reversal, reversing`,
  );
  life(
    `rule 12a: after ${code} a check that does not name our invoice may not reverse`,
    `
    0    starts                -> send pushToPay, pushing
    0    written               -> waiting
    1    push ${code}          -> waiting
    62   due                   -> send statusCheck, checking
    63   check 40 no-invoice   -> checking
    65   due                   -> needs attention: contested`,
  );
  life(
    `rule 12a: after ${code} 25 is asked again at 130 s as usual`,
    `
    0    starts         -> send pushToPay, pushing
    0    written        -> waiting
    1    push ${code}   -> waiting
    62   due            -> send statusCheck, checking
    63   check 25       -> askedAgain
    130  due turn       -> send statusCheck, askedAgain
    131  check 25       -> not charged: notFound`,
  );
  life(
    `rule 12a: after ${code} silence at 130 s needs attention`,
    `
    0    starts         -> send pushToPay, pushing
    0    written        -> waiting
    1    push ${code}   -> waiting
    62   due            -> send statusCheck, checking
    63   check 25       -> askedAgain
    130  due turn       -> send statusCheck, askedAgain
    145  check silent   -> needs attention: contested`,
  );
}

life(
  'rule 12a: with checks switched off 94 needs attention at 65 s',
  { rules: { statusCheck: { enabled: false } } },
  `
  0    starts     -> send pushToPay, pushing
  0    written    -> waiting
  1    push 94    -> waiting
  65   due        -> needs attention: contested`,
);

/* ——— rule 12b: 25 must be proven ——— */

life(
  'rule 12b: the first paid payment is checked 15 s later, and 25 may be believed',
  { trusted: false },
  `
  0    starts     -> send pushToPay, pushing
  0    written    -> waiting
  5    push 00    -> paid
  20   due turn   -> send statusCheck, paid
  21   check 00   -> trust, paid`,
);

for (const word of ['25', '73', '17', 'silent', 'unreadable']) {
  life(
    `rule 12b: the proving check says ${word}: the payment stays paid, the manager is told`,
    { trusted: false },
    `
    0    starts          -> send pushToPay, pushing
    0    written         -> waiting
    5    push 00         -> paid
    20   due turn        -> send statusCheck, paid
    21   check ${word}   -> tell statusChecksUnproven, paid`,
  );
}

life(
  'rule 12b: proven meanwhile by another payment, no check is made',
  { trusted: false },
  `
  0    starts               -> send pushToPay, pushing
  0    written              -> waiting
  5    push 00              -> paid
  9    checks are proven    -> paid
  20   due turn             -> paid`,
);

life(
  'rule 12b: before the proof a 25 counts as no answer',
  { trusted: false },
  `
  0    starts     -> send pushToPay, pushing
  0    written    -> waiting
  62   due        -> send statusCheck, checking
  63   check 25   -> checking
  65   due        -> send reversal, reversing`,
);

life(
  'rule 12b: before the proof a push answered 25 is in doubt',
  { trusted: false },
  `
  0    starts     -> send pushToPay, pushing
  0    written    -> waiting
  2    push 25    -> waiting
  62   due        -> send statusCheck, checking`,
);
