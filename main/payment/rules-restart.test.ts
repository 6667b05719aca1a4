import { life } from '../../test/support/life.ts';

/* Restart, sleep and clocks: rules 22 and 26a. */

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
