import { life } from '../../test/support/life.ts';

/* The first life is the usual one; read it first. */
life(
  'a payment that the customer confirms is paid',
  `
  0    starts     -> send pushToPay, pushing
  0.1  written    -> waiting
  8    push 00    -> paid`,
);

/* ——— rule 8: the phone check ——— */

life(
  'rule 8: 00 goes on to the push',
  { rules: { phoneCheck: true } },
  `
  0    starts     -> send phoneCheck, checkingPhone
  1    phone 00   -> send pushToPay, pushing`,
);

life(
  'rule 8: 14 stops before a number is taken',
  { rules: { phoneCheck: true } },
  `
  0    starts     -> send phoneCheck, checkingPhone
  1    phone 14   -> not charged: phoneNotRegisteredInCheck`,
);

life(
  'rule 8: no answer leaves it to the cashier, who goes on',
  { rules: { phoneCheck: true } },
  `
  0    starts            -> send phoneCheck, checkingPhone
  10   phone silent      -> phoneUnchecked
  14   cashier goes-on   -> send pushToPay, pushing`,
);

life(
  'rule 8: another code leaves it to the cashier, who stops',
  { rules: { phoneCheck: true } },
  `
  0    starts            -> send phoneCheck, checkingPhone
  1    phone ER          -> phoneUnchecked
  4    cashier stops     -> not charged: cancelledByCashier`,
);

life(
  'rule 8: a check that the transport forgot is given up all the same',
  { rules: { phoneCheck: true } },
  `
  0     starts           -> send phoneCheck, checkingPhone
  10.5  due              -> close, phoneUnchecked
  130.5 due              -> not charged: cancelledByCashier`,
);

/* ——— rule 9: 55, 60 and 65 s ——— */

life(
  'rule 9: an approval before 60 s is paid',
  `
  0     starts    -> send pushToPay, pushing
  0     written   -> waiting
  59.9  push 00   -> paid`,
);

life(
  "rule 9: an approval between 60 and 65 s counts as a check's: accepted by setting",
  `
  0     starts    -> send pushToPay, pushing
  0     written   -> waiting
  61    push 00   -> paid`,
);

life(
  'rule 9: an approval between 60 and 65 s is reversed where the setting says so',
  { rules: { statusCheck: { onApproved: 'reverse' } } },
  `
  0     starts        -> send pushToPay, pushing
  0     written       -> waiting
  61    push 00       -> checking
  65    due           -> send reversal, reversing
  66    reversal 00   -> reversed`,
);

life(
  'rule 9: a late approval counts also after a 25',
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  62    due        -> send statusCheck, checking
  62.2  check 25   -> askedAgain
  64.9  push 00    -> paid`,
);

life(
  'rule 9: a decline before 65 s ends the payment',
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  62    due        -> send statusCheck, checking
  64    push 17    -> not charged: canceledByUser`,
);

life(
  'rule 9: once a reversal is recorded nothing makes it paid',
  `
  0     starts       -> send pushToPay, pushing
  0     written      -> waiting
  62    due          -> send statusCheck, checking
  65    due          -> close, close, send reversal, reversing
  65.1  push 00      -> reversing
  65.2  check 00     -> reversing
  66    reversal 00  -> reversed`,
);

/* ——— rule 9a: never sent ——— */

life(
  'rule 9a: no connection ends at once, with no reversal',
  `
  0    starts               -> send pushToPay, pushing
  0.2  push never refused   -> not charged: noConnection`,
);

life(
  'rule 9a: where a byte may have left it is in doubt, not never sent',
  `
  0    starts      -> send pushToPay, pushing
  0    written     -> waiting
  0.2  push lost   -> waiting
  62   due         -> send statusCheck, checking`,
);

life(
  'rule 9a: a failure without a write still counts as in doubt',
  `
  0     starts      -> send pushToPay, pushing
  0.2   push lost   -> waiting
  62.2  due         -> send statusCheck, checking`,
);

life(
  'rule 9a: a transport that says nothing is taken to have sent',
  `
  0    starts      -> send pushToPay, pushing
  7    due         -> waiting
  69   due         -> send statusCheck, checking`,
);

/* ——— rule 10 ——— */

for (const kind of ['unreadable', 'not-ours']) {
  life(
    `rule 10: a push answer that is ${kind} is no decline: the clock runs on`,
    `
    0    starts          -> send pushToPay, pushing
    0    written         -> waiting
    3    push ${kind}    -> waiting
    62   due             -> send statusCheck, checking
    63   check ${kind}   -> checking
    65   due             -> send reversal, reversing`,
  );
}

life(
  'rule 10: a status answer that names another payment needs attention, and no reversal',
  `
  0    starts          -> send pushToPay, pushing
  0    written         -> waiting
  62   due             -> send statusCheck, checking
  63   check another   -> needs attention: numbersOfAnotherPayment`,
);

life(
  'rule 10: the same while reversing',
  `
  0    starts             -> send pushToPay, pushing
  0    written            -> waiting
  62   due                -> send statusCheck, checking
  65   due                -> send reversal, reversing
  66   reversal another   -> needs attention: numbersOfAnotherPayment`,
);

/* ——— rule 11: final codes of a push ——— */

const finalCodes = {
  13: 'amountNotAccepted',
  14: 'phoneNotRegistered',
  17: 'canceledByUser',
  26: 'pushFailed',
  56: 'accountBlocked',
  58: 'notAllowedForMerchant',
  61: 'overCustomerLimit',
  63: 'authenticationFailed',
  64: 'accountBlocked',
  65: 'limitExceeded',
  67: 'belowMinimum',
  25: 'notFound',
};
for (const [code, words] of Object.entries(finalCodes)) {
  life(
    `rule 11: a push answered ${code} is not charged`,
    `
    0   starts         -> send pushToPay, pushing
    0   written        -> waiting
    2   push ${code}   -> not charged: ${words}`,
  );
}

for (const [code, words] of Object.entries({
  96: 'terminalSetUpWrongly',
  BR: 'terminalSetUpWrongly',
  EB: 'terminalNotRegistered',
})) {
  life(
    `rule 11: a push answered ${code} is not charged, and the manager is told`,
    `
    0   starts         -> send pushToPay, pushing
    0   written        -> waiting
    2   push ${code}   -> tell terminalSetUpWrongly, not charged: ${words}`,
  );
}

life(
  'rule 11: a push answered 73 is reversed',
  `
  0   starts    -> send pushToPay, pushing
  0   written   -> waiting
  2   push 73   -> reversed`,
);

for (const code of ['68', 'ER', '16', '30', '51', '54', 'ZZ']) {
  life(
    `rule 11: a push answered ${code} is in doubt`,
    `
    0    starts         -> send pushToPay, pushing
    0    written        -> waiting
    2    push ${code}   -> waiting
    62   due            -> send statusCheck, checking
    63   check 00       -> paid`,
  );
}
