import type { ReasonWords } from '../ovo/response-codes.ts';
import { en } from './en.ts';
import { hostNotices } from './host.ts';
import type { MessageKey } from './index.ts';

/**
 * Every message of the till with what it means and what to do, for the README: from the catalogue, so
 * that it tells what the screens say. The page itself loads none of this.
 */

/** One line of a table: what the till says, what is so, what the person does. */
export interface Message {
  readonly says: string;
  readonly means: string;
  readonly todo: string;
}

/** The reasons with which a payment ends as not charged; the others belong to payments in doubt. */
type NotCharged = Exclude<
  ReasonWords,
  'paid' | 'beingChecked' | 'tooOldToCheck' | 'wasReversed' | 'timeout'
>;

/** What stands behind a reason, where the screen has room for its name only. */
const behind: Readonly<Record<NotCharged | 'unknown', string>> = {
  phoneNotRegisteredInCheck: 'OVO does not know the number.',
  phoneNotRegistered: 'OVO does not know the number.',
  canceledByUser: 'The customer declined in the OVO app.',
  pushFailed: 'OVO could not reach the app on the customer’s phone.',
  notFound: 'The request never became a payment at OVO.',
  amountNotAccepted: 'OVO refused the amount.',
  belowMinimum: 'OVO has a smallest amount, and this is below it.',
  overCustomerLimit: 'The customer’s balance or limit does not reach.',
  limitExceeded: 'The customer has used up a limit of OVO’s, in number or in sum.',
  accountBlocked: 'OVO has blocked the customer’s account.',
  authenticationFailed: 'OVO did not accept who was asking; it may be the shop’s side.',
  notAllowedForMerchant: 'This way of paying is not open for this shop.',
  terminalSetUpWrongly: 'OVO did not understand the request as this till is set up.',
  terminalNotRegistered: 'OVO does not know this till’s numbers.',
  noConnection: 'The line was not there; not a byte has left.',
  midnightGuard: 'It could not have been taken back before OVO’s day ends.',
  numbersExhausted: 'All numbers of the day are given out.',
  cancelledByCashier: 'Somebody at the till stopped it.',
  stoppedBeforeSending: 'The program was ended in between.',
  unknown: 'OVO gave a reason that this version does not know.',
};

const underWay = [
  'checkingPhone',
  'phoneUnchecked',
  'sending',
  'waiting',
  'interrupted',
  'checking',
  'reversalDue',
  'askedAgain',
  'reversing',
] as const;

/** While a payment is under way: nothing of it has been decided. */
export function messagesUnderWay(): readonly Message[] {
  return underWay.map((phase) => ({
    says: phase === 'reversalDue' ? en['reason.timeout'] : en[`phase.${phase}.title`],
    means: phase === 'waiting' ? 'OVO has asked the customer.' : en[`phase.${phase}.true`],
    todo: en[`phase.${phase}.you`],
  }));
}

/** How a payment can end, paid first. */
export function messagesAtTheEnd(): readonly Message[] {
  const notCharged = Object.entries(behind).map(([reason, means]) => ({
    says: sentence(`reason.${reason}`),
    means,
    todo: sentence(reason === 'unknown' ? 'next.generic' : `next.${reason}`),
  }));
  const forAPerson = keysWith('attention.').map((key) => ({
    says: `${en['phase.needsAttention.title']}: “${en[key]}”`,
    means: en['phase.needsAttention.true'],
    todo: en['phase.needsAttention.you'],
  }));
  const plain = (says: string, phase: 'paid' | 'reversed' | 'resolved'): Message => ({
    says,
    means: en[`phase.${phase}.true`],
    todo: en[`phase.${phase}.you`],
  });
  return [
    plain(en['reason.paid'], 'paid'),
    ...notCharged,
    plain(en['phase.reversed.title'], 'reversed'),
    ...forAPerson,
    plain(en['phase.resolved.title'], 'resolved'),
  ];
}

/** What the till will not take, and what is wrong with it: each sentence says what to do itself. */
export function sentencesByPlace(): readonly { readonly place: string; readonly says: string }[] {
  const places = [
    { place: 'beside the amount', keys: keysWith('fault.amount') },
    { place: 'beside the phone', keys: keysWith('fault.phone') },
    {
      place: 'below the fields',
      keys: ['newPayment.repeatTitle', 'newPayment.repeat'] as const,
    },
    { place: 'beside the button', keys: keysWith('refusal.') },
    { place: 'above the screen', keys: keysWith('trouble.') },
  ];
  const ofTheTill = places.flatMap(({ place, keys }) =>
    keys.map((key) => ({ place, says: withoutValues(en[key]) })),
  );
  const overAll = Object.values(hostNotices).map(([says]) => ({
    place: 'over the page, in a browser',
    says,
  }));
  return [...ofTheTill, ...overAll];
}

/** A place for a value, which only a till can fill in. */
function withoutValues(words: string): string {
  return words.replace(/\{\w+\}/g, '…');
}

function keysWith(start: string): MessageKey[] {
  return (Object.keys(en) as MessageKey[]).filter((key) => key.startsWith(start));
}

/** @throws Error where the catalogue has no such key: the README's test fails then. */
function sentence(key: string): string {
  if (!Object.hasOwn(en, key)) throw new Error(`the catalogue has no ${key}`);
  return en[key as MessageKey];
}

/** The README's tables, in Markdown. */
export function messagesInMarkdown(): string {
  const tables = [
    table('While it is under way', messagesUnderWay()),
    table('How it ends', messagesAtTheEnd(), 'what it means, or what is behind it'),
    [
      '| where | the till says |\n|---|---|\n',
      ...sentencesByPlace().map(({ place, says }) => `| ${place} | ${says} |\n`),
    ].join(''),
  ];
  return tables.join('\n');
}

function table(title: string, messages: readonly Message[], means = 'what it means'): string {
  const rows = messages.map(({ says, means, todo }) => `| ${says} | ${means} | ${todo} |\n`);
  const head = `| ${title.toLowerCase()} | ${means} | what to do |\n|---|---|---|\n`;
  return [head, ...rows].join('');
}
