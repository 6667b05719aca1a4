import { life } from '../../test/support/life.ts';

/* Reversing, and answers that contradict each other: rules 13 to 14a. */

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
