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

/* ——— rule 13: reversing ——— */

life(
  'rule 13: tried again with growing pauses; after every third try OVO is asked',
  `
  0      starts            -> send pushToPay, pushing
  0      written           -> waiting
  62     due               -> send statusCheck, checking
  65     due               -> send reversal, reversing
  80     reversal silent   -> reversing
  82     due turn          -> send reversal, reversing
  83     reversal 25       -> reversing
  87     due turn          -> send reversal, reversing
  88     reversal unreadable -> reversing
  96     due turn          -> send statusCheck, reversing
  97     check 68          -> reversing
  105    due turn          -> send reversal, reversing
  106    reversal 73       -> reversed`,
);

life(
  'rule 13: the check after three tries is at least 15 s after the last',
  `
  0      starts            -> send pushToPay, pushing
  0      written           -> waiting
  62     due               -> send statusCheck, checking
  62.1   check 40          -> checking
  65     due               -> send reversal, reversing
  65     reversal 40       -> reversing
  67     due turn          -> send reversal, reversing
  67     reversal 40       -> reversing
  71     due turn          -> send reversal, reversing
  71     reversal 40       -> reversing
  79     due turn          -> send statusCheck, reversing`,
);

life(
  'rule 13: a check of the reversal that says 73 settles it',
  `
  0      starts            -> send pushToPay, pushing
  0      written           -> waiting
  65     late              -> send reversal, reversing
  66     reversal never    -> reversing
  68     due turn          -> send reversal, reversing
  68     reversal lost     -> reversing
  72     due turn          -> send reversal, reversing
  72     reversal lost     -> reversing
  80     due turn          -> send statusCheck, reversing
  80     check 73          -> reversed`,
);

life(
  'rule 13: a check before 130 s that says 25 settles nothing',
  `
  0      starts            -> send pushToPay, pushing
  0      written           -> waiting
  65     late              -> send reversal, reversing
  66     reversal never    -> reversing
  68     due turn          -> send reversal, reversing
  68     reversal lost     -> reversing
  72     due turn          -> send reversal, reversing
  72     reversal lost     -> reversing
  80     due turn          -> send statusCheck, reversing
  80     check 25          -> reversing`,
);

/* ——— rule 14, 14a ——— */

life(
  'rule 14: paid is never reversed by the machine',
  `
  0    starts     -> send pushToPay, pushing
  0    written    -> waiting
  62   due        -> send statusCheck, checking
  63   push 00    -> paid
  64   check 40   -> paid
  64   check 25   -> paid
  64   due        -> paid`,
);

life(
  'rule 14a: paid by the check, declined by the push: a person decides',
  `
  0    starts     -> send pushToPay, pushing
  0    written    -> waiting
  62   due        -> send statusCheck, checking
  63   check 00   -> paid
  64   push 17    -> needs attention: contradiction`,
);

life(
  'rule 14a: declined by the push, charged by the check: a person decides',
  `
  0    starts     -> send pushToPay, pushing
  0    written    -> waiting
  62   due        -> send statusCheck, checking
  63   push 17    -> not charged: canceledByUser
  64   check 00   -> needs attention: contradiction`,
);

life(
  'rule 14a: charged by the check but to be reversed, then declined: a person decides',
  { rules: { statusCheck: { onApproved: 'reverse' } } },
  `
  0    starts     -> send pushToPay, pushing
  0    written    -> waiting
  62   due        -> send statusCheck, checking
  63   check 00   -> checking
  64   push 17    -> needs attention: contradiction`,
);

life(
  'rule 14a and 12a: paid by the check, then the push says 94: a person decides',
  `
  0    starts     -> send pushToPay, pushing
  0    written    -> waiting
  62   due        -> send statusCheck, checking
  63   check 00   -> paid
  64   push 94    -> needs attention: contradiction`,
);

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

/* ——— rule 22: restart and resume ——— */

life(
  'rule 22: 62 and 65 s count from the start, in turn, and OVO must be heard first',
  `
  0     starts            -> send pushToPay, pushing
  0     written           -> waiting
  20    restart           -> waiting
  82    due turn          -> send statusCheck, checking
  97    check silent      -> reversing
  97    due turn          -> send statusCheck, reversing
  112   check silent      -> reversing`,
);

life(
  'rule 22: a restart finds a payment that OVO has charged',
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  20    restart    -> waiting
  82    due turn   -> send statusCheck, checking
  83    check 00   -> paid`,
);

life(
  'rule 22: a restart before the write was known counts too',
  `
  0     starts     -> send pushToPay, pushing
  2     restart    -> waiting
  64    due turn   -> send statusCheck, checking
  65    check 40   -> checking
  66    OVO is heard -> checking
  67    due        -> reversing
  67    due turn   -> send reversal, reversing`,
);

life(
  'rule 22: a recorded 94 is remembered across a restart',
  `
  0     starts            -> send pushToPay, pushing
  0     written           -> waiting
  1     push 94           -> waiting
  20    restart           -> waiting
  82    due turn          -> send statusCheck, checking
  97    check silent      -> needs attention: contested`,
);

life(
  'rule 22: nothing was sent before a restart in the phone check',
  { rules: { phoneCheck: true } },
  `
  0     starts     -> send phoneCheck, checkingPhone
  5     restart    -> not charged: stoppedBeforeSending`,
);

life(
  'rule 22: a recorded reversal goes on at once, and never becomes paid',
  `
  0     starts         -> send pushToPay, pushing
  0     written        -> waiting
  62    due            -> send statusCheck, checking
  65    due            -> send reversal, reversing
  70    restart        -> reversing
  70    late           -> reversing
  85    due turn       -> send statusCheck, reversing
  86    check 00       -> reversing
  86    OVO is heard   -> reversing
  88    due turn       -> send reversal, reversing
  89    reversal 00    -> reversed`,
);

life(
  'rule 22: past the cut-off a restart needs attention',
  { at: '23:55:00' },
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  245   restart    -> needs attention: cutOff`,
);

life(
  'rule 22: a start after midnight needs attention, also while reversing',
  { at: '23:55:00' },
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  200   late       -> send reversal, reversing
  400   restart    -> needs attention: cutOff`,
);

life(
  'rule 22: after a sleep 62 and 65 s count from the resume, on time',
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  40    resume     -> waiting
  102   due        -> send statusCheck, checking
  105   due        -> send reversal, reversing`,
);

life(
  "rule 22: an old socket's answer after a sleep counts as a check's",
  { rules: { statusCheck: { onApproved: 'reverse' } } },
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  40    resume     -> waiting
  41    push 00    -> checking
  105   due        -> send reversal, reversing`,
);

life(
  "rule 22: an old socket's decline after a sleep is not final",
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  40    resume     -> waiting
  41    push 17    -> waiting
  102   due        -> send statusCheck, checking`,
);

/* ——— rule 26a ——— */

life(
  'rule 26a: found at start with checks switched off, OVO is still asked until it is heard',
  { rules: { statusCheck: { enabled: false } } },
  `
  0     starts         -> send pushToPay, pushing
  0     written        -> waiting
  10    restart        -> waiting
  75    due            -> reversing
  75    due turn       -> send statusCheck, reversing
  90    check silent   -> reversing
  92    due turn       -> send statusCheck, reversing
  93    OVO is heard   -> reversing
  94    check 68       -> reversing
  96    due turn       -> send reversal, reversing`,
);

life(
  'rule 26a: a payment of this run is reversed at 65 s whether or not OVO was heard',
  { heard: false },
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  62    due        -> send statusCheck, checking
  65    due        -> send reversal, reversing`,
);

life(
  'rule 26a: a clock set back does not move the cut-off, for the offset moves with it',
  { at: '23:55:00' },
  `
  0     starts                -> send pushToPay, pushing
  0     written               -> waiting
  10    wall jumps -3600      -> waiting
  62    due                   -> send statusCheck, checking
  63    check 40              -> checking
  65    due                   -> send reversal, reversing
  80    reversal silent       -> reversing
  235   late                  -> needs attention: cutOff`,
);

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
