import { responseCode, responseCodes } from '../../shared/ovo/response-codes.ts';

/**
 * The stories that training can play: the last four digits of the customer's phone number choose
 * one. This table is all there is to know about them; the README, the phone page and the till's
 * training hint show it. All times are milliseconds from the moment OVO receives the push.
 */
export interface Story {
  readonly digits: string;
  /** What happens, for people. */
  readonly words: string;
  readonly group: StoryGroup;
  /** How the phone check before the push is answered. */
  readonly phoneCheck: { readonly code: string } | 'unanswered' | 'answeredThenLineDown';
  /** When the push reaches OVO's books; null: lost on the way, OVO never knows of it. */
  readonly arrivesAfterMs: number | null;
  readonly fate: Fate;
  readonly answer: PushAnswer;
  /** What a status check says instead of the truth, until the payment has been reversed. */
  readonly check: { readonly code: string } | 'namesAnotherInvoice' | null;
  /** How many reversals are neither answered nor carried out before one is. */
  readonly reversalsUnanswered: number;
}

export type StoryGroup = 'everyday' | 'silence' | 'oddAnswers' | 'codes';

/** What becomes of a payment in OVO's books. */
export type Fate =
  | { readonly kind: 'approves'; readonly afterMs: number }
  | { readonly kind: 'declines'; readonly afterMs: number }
  /** Nobody confirms: the session ends, nothing is charged. */
  | { readonly kind: 'nobody' }
  /** A person decides on the phone page. */
  | { readonly kind: 'byHand' }
  /** OVO takes it back by itself: the books say reversed, and it was never charged. */
  | { readonly kind: 'takenBack'; readonly afterMs: number }
  /** OVO refuses at once. `known`: a status check finds the payment afterwards. */
  | { readonly kind: 'refused'; readonly code: string; readonly known: boolean };

/** When the push itself is answered, and in what shape. */
export type PushAnswer =
  | { readonly when: 'decided'; readonly form: AnswerForm }
  | { readonly when: 'after'; readonly afterMs: number; readonly form: AnswerForm }
  | { readonly when: 'never' };

/** The shapes of an answer; all but `plain` are wrong in some way. */
export type AnswerForm =
  | 'plain'
  /** 68, whatever the books say. */
  | 'pending'
  | 'html'
  | 'wrongReference'
  | 'noAmountNoReference'
  | 'sparse'
  | 'http400'
  | 'http404Empty'
  | 'http500'
  | 'truncated'
  | 'tenMegabytes'
  | 'drip'
  | 'anotherPayment'
  | 'negativeAmount'
  | 'deepNesting'
  | 'invalidUtf8'
  | 'closed';

/** How long a customer has to confirm, by OVO's own count from its receipt of the push. */
export const sessionMs = 60_000;
/** How long the line stays down in story 0018, and by the button on the phone page. */
export const lineDownMs = 60_000;

const s = (seconds: number): number => seconds * 1_000;
const approves = (seconds: number): Fate => ({ kind: 'approves', afterMs: s(seconds) });
const declines = (seconds: number): Fate => ({ kind: 'declines', afterMs: s(seconds) });
const nobody: Fate = { kind: 'nobody' };
const never: PushAnswer = { when: 'never' };
const as = (form: AnswerForm): PushAnswer => ({ when: 'decided', form });
const at = (seconds: number, form: AnswerForm = 'plain'): PushAnswer => ({
  when: 'after',
  afterMs: s(seconds),
  form,
});

function story(
  group: StoryGroup,
  digits: string,
  words: string,
  parts: Partial<Omit<Story, 'digits' | 'words' | 'group'>>,
): Story {
  return {
    group,
    digits,
    words,
    phoneCheck: { code: '00' },
    arrivesAfterMs: 0,
    fate: approves(3),
    answer: as('plain'),
    check: null,
    reversalsUnanswered: 0,
    ...parts,
  };
}

// biome-ignore format: one line a story, so that the table can be read
const scripted: readonly Story[] = [
  story('everyday',   '0001', 'The customer approves after 3 s.',                                          {}),
  story('everyday',   '0002', 'The customer declines after 3 s (17).',                                     { fate: declines(3) }),
  story('everyday',   '0003', 'The number is not registered with OVO (14).',                               { phoneCheck: { code: '14' }, fate: refused('14') }),
  story('everyday',   '0004', 'The notification cannot be delivered (26).',                                { fate: refused('26') }),
  story('silence',    '0005', 'Silent for ever and never charged; a check says pending (68).',             { fate: nobody, answer: never, check: { code: '68' } }),
  story('silence',    '0006', 'Charged after 3 s, but the answer is lost; a check says charged.',          { answer: never }),
  story('everyday',   '0007', 'The customer approves in the last moment, at 58 s.',                        { fate: approves(58) }),
  story('silence',    '0008', 'Approved at 59 s, and the answer comes late, at 62 s.',                     { fate: approves(59), answer: at(62) }),
  story('silence',    '0009', 'Answered "pending" (68) at once, charged at 10 s.',                         { fate: approves(10), answer: at(0, 'pending') }),
  story('codes',      '0010', 'Answered "failed, or numbers already used" (40).',                          { fate: refused('40') }),
  story('codes',      '0011', 'Answered "duplicate" (94).',                                                { fate: refused('94') }),
  story('oddAnswers', '0012', 'Charged, but the answer is an HTML page.',                                  { answer: as('html') }),
  story('oddAnswers', '0013', 'Charged, but the answer names a wrong reference number.',                   { answer: as('wrongReference') }),
  story('oddAnswers', '0014', 'Charged, but the answer has no amount and no reference.',                   { answer: as('noAmountNoReference') }),
  story('oddAnswers', '0015', 'Charged; tid, mid, phone and approval code are left out of the answer.',    { answer: as('sparse') }),
  story('silence',    '0016', 'Nobody confirms, and at 59 s comes an empty HTTP 404.',                     { fate: nobody, answer: at(59, 'http404Empty') }),
  story('silence',    '0017', 'Nobody confirms, and at 3 s comes an HTTP 500.',                            { fate: nobody, answer: at(3, 'http500') }),
  story('silence',    '0018', 'After the phone check OVO refuses every connection for a minute.',          { phoneCheck: 'answeredThenLineDown' }),
  story('silence',    '0019', 'Silent; three reversals go unanswered, the fourth is carried out.',         { fate: nobody, answer: never, reversalsUnanswered: 3 }),
  story('silence',    '0020', 'The push never reaches OVO: checks say not found (25).',                    { arrivesAfterMs: null, fate: nobody, answer: never }),
  story('silence',    '0021', 'The push reaches OVO late, at 63 s, and is approved at 64 s.',              { arrivesAfterMs: s(63), fate: approves(64), answer: never }),
  story('silence',    '0022', 'Silent; OVO takes the payment back itself, a check says reversed (73).',    { fate: { kind: 'takenBack', afterMs: s(30) }, answer: never }),
  story('oddAnswers', '0023', 'Charged, but the answer breaks off in the middle.',                         { answer: as('truncated') }),
  story('oddAnswers', '0024', 'Charged, but the answer is ten megabytes long.',                            { answer: as('tenMegabytes') }),
  story('oddAnswers', '0025', 'Charged, but the answer drips in for two minutes.',                         { answer: as('drip') }),
  story('oddAnswers', '0026', 'Charged, but the answer is that of another payment.',                       { answer: as('anotherPayment') }),
  story('oddAnswers', '0027', 'Charged, but the answer names a negative amount.',                          { answer: as('negativeAmount') }),
  story('oddAnswers', '0028', 'Charged, but the answer is nested ten thousand levels deep.',               { answer: as('deepNesting') }),
  story('oddAnswers', '0029', 'Charged, but the answer is not valid UTF-8.',                               { answer: as('invalidUtf8') }),
  story('oddAnswers', '0030', 'The connection closes without an answer; approved at 3 s.',                 { answer: at(0, 'closed') }),
  story('silence',    '0031', 'The phone check goes unanswered; then approved after 3 s.',                 { phoneCheck: 'unanswered' }),
  story('oddAnswers', '0032', 'Silent; the check names the invoice of another payment.',                   { fate: nobody, answer: never, check: 'namesAnotherInvoice' }),
  story('oddAnswers', '0033', 'Declined after 3 s (17), with HTTP status 400.',                            { fate: declines(3), answer: as('http400') }),
  story('codes',      '0034', 'Silent; the check says not allowed (58).',                                  { fate: nobody, answer: never, check: { code: '58' } }),
];

/** A code that no list knows. */
const unlistedCode = 'ZZ';

/** One story for every code: 90NN answers NN, and the codes in letters have a number each. */
function codeStories(): readonly Story[] {
  const numeric = Object.keys(responseCodes).filter((code) => /^\d\d$/.test(code));
  const lettered = Object.keys(responseCodes).filter((code) => !/^\d\d$/.test(code));
  return [
    ...numeric.sort().map((code) => codeStory(`90${code}`, code)),
    ...[...lettered.sort(), unlistedCode].map((code, i) => codeStory(`910${i + 1}`, code)),
  ];
}

function codeStory(digits: string, code: string): Story {
  const words = `Answered ${code}: ${responseCode(code).meaning}.`;
  if (code === '00') return story('codes', digits, words, { fate: approves(0) });
  // A 68 is a payment that still waits; the session then ends by itself.
  if (code === '68') {
    return story('codes', digits, words, { fate: nobody, answer: at(0, 'pending') });
  }
  return story('codes', digits, words, { fate: refused(code) });
}

/** Refusals that come before OVO takes a request for a payment: a check knows nothing of it. */
function refused(code: string): Fate {
  return { kind: 'refused', code, known: !['25', '94', '96', 'BR', 'EB', 'ER'].includes(code) };
}

/** Every story, in the order of its digits. */
export const stories: readonly Story[] = [...scripted, ...codeStories()];

const byDigits = new Map(stories.map((one) => [one.digits, one]));

/** What any other number plays: the customer decides on the phone page. */
export const storyByHand: Story = story(
  'everyday',
  '····',
  'Any other number: approve or decline it yourself on the phone page.',
  { fate: { kind: 'byHand' } },
);

/** What every number plays while the simulator is told to answer at once. */
export const storyAtOnce: Story = story('everyday', '····', 'Approved at once.', {
  fate: approves(0),
});

/** The story that a phone number plays. */
export function storyOf(phone: string): Story {
  return byDigits.get(phone.slice(-4)) ?? storyByHand;
}
