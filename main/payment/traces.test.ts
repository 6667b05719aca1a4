import { life } from '../../test/support/life.ts';

/*
 * The shortest runs in which shorter rules lost money, each with the rule that prevents it now. Take
 * the rule out of the machine and the life named after it fails. Those that need the driver or the
 * store (a push to a busy phone, a queue, a crash between sending and recording) are told beside them.
 */

life(
  'trace 1: the push is received at 2 s, the check at 62 s says 25, the customer approves (rule 12)',
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  62    due        -> send statusCheck, checking
  62.5  check 25   -> askedAgain
  63    push 00    -> paid`,
);

life(
  'trace 2: the push reaches OVO at 64 s, after the check said 25; approved at 120 s (rule 12)',
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  62    due        -> send statusCheck, checking
  62.5  check 25   -> askedAgain
  130   due turn   -> send statusCheck, askedAgain
  131   check 00   -> paid`,
);

life(
  'trace 3: what counts is when the deciding check was sent, not when its answer was read (rule 12)',
  { rules: { statusCheck: { enabled: true }, notFoundFinalAfterMs: 130_000 } },
  `
  0     starts           -> send pushToPay, pushing
  0     written          -> waiting
  62    due              -> send statusCheck, checking
  62.5  check 40         -> checking
  65    due              -> send reversal, reversing
  80    reversal silent  -> reversing
  82    due turn         -> send reversal, reversing
  97    reversal silent  -> reversing
  101   due turn         -> send reversal, reversing
  107   reversal lost    -> reversing
  115   due turn         -> send statusCheck, reversing
  130   check 25         -> reversing`,
);

life(
  'trace 4: the reversal says 25 and the session goes on: neither ends the payment (rule 13)',
  `
  0     starts           -> send pushToPay, pushing
  0     written          -> waiting
  62    due              -> send statusCheck, checking
  62.5  check 40         -> checking
  65    due              -> send reversal, reversing
  65.5  reversal 25      -> reversing
  67.5  due turn         -> send reversal, reversing
  68    reversal 25      -> reversing
  72    due turn         -> send reversal, reversing
  73    reversal 25      -> reversing
  81    due turn         -> send statusCheck, reversing
  82    check 25         -> reversing
  90    due turn         -> send reversal, reversing
  91    reversal 00      -> reversed`,
);

life(
  'trace 5: three reversals lost, a check before 130 s says 25: the reversal goes on (rule 13)',
  `
  0     starts           -> send pushToPay, pushing
  0     written          -> waiting
  62    due              -> send statusCheck, checking
  65    due              -> send reversal, reversing
  66    reversal lost    -> reversing
  68    due turn         -> send reversal, reversing
  69    reversal lost    -> reversing
  73    due turn         -> send reversal, reversing
  74    reversal lost    -> reversing
  82    due turn         -> send statusCheck, reversing
  83    check 25         -> reversing
  91    due turn         -> send reversal, reversing`,
);

life(
  'trace 6: approved at 59 s, the index lags, the approval arrives at 64.9 s (rule 9)',
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  62    due        -> send statusCheck, checking
  62.1  check 25   -> askedAgain
  64.9  push 00    -> paid`,
);

life(
  'trace 7: a restart with the clock two minutes ahead does not reverse at once (rule 22)',
  `
  0     starts            -> send pushToPay, pushing
  0     written           -> waiting
  3     wall jumps 120    -> waiting
  3     restart           -> waiting
  65    due turn          -> send statusCheck, checking
  66    OVO is heard      -> checking
  66    check 40          -> checking
  68    due               -> reversing
  68    due turn          -> send reversal, reversing`,
);

life(
  'trace 8: a restart with the clock behind reverses only after OVO has shown its own (rule 26a)',
  { at: '23:55:30' },
  `
  0     starts               -> send pushToPay, pushing
  0     written              -> waiting
  65    late                 -> send reversal, reversing
  70    wall jumps -3600     -> reversing
  70    restart              -> reversing
  70    due turn             -> send statusCheck, reversing
  85    check silent         -> reversing
  87    due turn             -> send statusCheck, reversing
  88    OVO is heard         -> reversing
  89    check 40             -> reversing
  91    due turn             -> send reversal, reversing`,
);

life(
  'trace 9: the clock is stepped back while running: the cut-off stays where it was (rule 26a)',
  { at: '23:57:00' },
  `
  0     starts               -> not charged: midnightGuard
  1     wall jumps -100      -> not charged: midnightGuard`,
);

life(
  'trace 9: and for a reversal under way',
  { at: '23:55:59' },
  `
  0     starts               -> send pushToPay, pushing
  0     written              -> waiting
  62    due                  -> send statusCheck, checking
  65    due                  -> send reversal, reversing
  80    reversal silent      -> reversing
  81    wall jumps -100      -> reversing
  176   late                 -> needs attention: cutOff`,
);

life(
  'traces 10 and 11: a recorded reversal is taken up; a check that says 00 does not make it paid (rule 22)',
  `
  0     starts         -> send pushToPay, pushing
  0     written        -> waiting
  62    due            -> send statusCheck, checking
  65    due            -> send reversal, reversing
  65.1  restart        -> reversing
  80.1  late           -> send statusCheck, reversing
  81    OVO is heard   -> reversing
  81    check 00       -> reversing
  83    due turn       -> send reversal, reversing
  84    reversal 00    -> reversed`,
);

life(
  'trace 16: every check says 25 for want of the right format: none is believed (rule 12b)',
  { trusted: false },
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  62    due        -> send statusCheck, checking
  62.5  check 25   -> checking
  65    due        -> send reversal, reversing`,
);

life(
  'trace 18: numbers of an older payment: 40, a silent check, and no reversal (rule 12a)',
  `
  0     starts         -> send pushToPay, pushing
  0     written        -> waiting
  1     push 40        -> waiting
  62    due            -> send statusCheck, checking
  65    due            -> needs attention: contested`,
);

life(
  'trace 19: started just before 23:58: the guard has been closed since 23:56 (rules 16, 17)',
  { at: '23:57:54' },
  `
  0     starts     -> not charged: midnightGuard
  1     due        -> not charged: midnightGuard`,
);

life(
  'trace 21: a timer that comes very late is a resume, and all counts start anew (rule 22)',
  `
  0     starts     -> send pushToPay, pushing
  0     written    -> waiting
  124   resume     -> waiting
  186   due        -> send statusCheck, checking
  186.5 check 25   -> askedAgain
  254   due turn   -> send statusCheck, askedAgain
  255   check 00   -> paid`,
);

life(
  'trace 22: what needs attention is not resolved as not charged too early (rule 18)',
  `
  0     starts               -> send pushToPay, pushing
  0     written              -> waiting
  1     push 94              -> waiting
  62    due                  -> send statusCheck, checking
  65    due                  -> needs attention: contested
  66    manager notCharged   -> needs attention: contested`,
);

life(
  'trace 23: a reversal is in flight: an approval heard meanwhile changes nothing (rule 9)',
  `
  0     starts         -> send pushToPay, pushing
  0     written        -> waiting
  62    due            -> send statusCheck, checking
  65    due            -> send reversal, reversing
  65.5  check 00       -> reversing
  66    reversal 00    -> reversed`,
);

life(
  'trace 24: the customer paid cash after the 25: a late approval is reversed (rule 12)',
  `
  0     starts                   -> send pushToPay, pushing
  0     written                  -> waiting
  62    due                      -> send statusCheck, checking
  62.5  check 25                 -> askedAgain
  70    cashier pays-otherwise   -> askedAgain
  130   due turn                 -> send statusCheck, askedAgain
  131   check 00                 -> reversing
  131   due turn                 -> send reversal, reversing`,
);
