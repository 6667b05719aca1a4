import { z } from 'zod';
import { Rupiah } from '../../shared/money.ts';
import type { ReasonWords } from '../../shared/ovo/response-codes.ts';
import { Phone } from '../../shared/phone.ts';
import type { Mono } from '../../shared/time.ts';
import { Instant, JakartaDay } from '../../shared/time.ts';
import type {
  Answer,
  AttemptNumber,
  BatchNumber,
  Flight,
  Moment,
  NeverSentReason,
  NoAnswerReason,
  Numbers,
  Operation,
  PaymentEvent,
  PaymentId,
  PaymentRules,
  PaymentState,
  ReferenceNumber,
} from '../payment/types.ts';

/**
 * How states and events are read back from their rows. The compiler holds each schema against the
 * machine's type. Objects are loose: a field that this file does not know is kept, never dropped.
 */

const whole = (value: unknown): boolean => Number.isInteger(value);
const positive = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 1;
const text = (value: unknown): boolean => typeof value === 'string' && value !== '';

const Id = z.custom<PaymentId>(positive, 'no payment id');
const Attempt = z.custom<AttemptNumber>(positive, 'no attempt number');
const Batch = z.custom<BatchNumber>(positive, 'no batch number');
const Reference = z.custom<ReferenceNumber>(positive, 'no reference number');
const MonoTime = z.custom<Mono>((value) => Number.isFinite(value), 'no monotonic time');
const Words = z.custom<ReasonWords>(text, 'no catalogue key');

const NumbersSchema: z.ZodType<Numbers> = z.looseObject({
  batch: Batch,
  reference: Reference,
  batchText: z.string().min(1),
  referenceText: z.string().min(1),
  asNumber: z.boolean(),
  invoice: z.string().min(1),
});

const Rules: z.ZodType<PaymentRules> = z.looseObject({
  phoneCheck: z.boolean(),
  statusCheck: z.looseObject({
    enabled: z.boolean(),
    onApproved: z.enum(['accept', 'reverse']),
    onApprovedLate: z.enum(['accept', 'reverse']),
  }),
  reverseOnNotFound: z.boolean(),
  notFoundFinalAfterMs: z.number(),
  midnightGuardMs: z.number(),
});

const OperationSchema: z.ZodType<Operation> = z.enum([
  'phoneCheck',
  'pushToPay',
  'statusCheck',
  'reversal',
]);

const FlightSchema: z.ZodType<Flight> = z.looseObject({
  attempt: Attempt,
  operation: OperationSchema,
  sentAt: MonoTime,
  giveUpAt: MonoTime,
});

const common = {
  id: Id,
  amount: Rupiah,
  phone: Phone,
  day: JakartaDay,
  startedAt: Instant,
  rules: Rules,
  terminal: z.looseObject({
    merchantId: z.string(),
    storeCode: z.string(),
    tid: z.string(),
    mid: z.string(),
  }),
  settings: z.string(),
  numbers: NumbersSchema.nullable(),
  attempts: z.number().refine(whole),
  setAside: z.boolean(),
  seen: z.boolean(),
  lastWord: z.string().nullable(),
  pushAnswered: z.boolean(),
};

const open = {
  t0: MonoTime,
  push: FlightSchema.nullable(),
  contested: z.boolean(),
  foundAtStart: z.boolean(),
  lostCount: z.boolean(),
  replaced: z.boolean(),
  saidCharged: z.boolean(),
  lastCheckAt: MonoTime.nullable(),
};

const state = <K extends PaymentState['kind'], S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.looseObject({ ...common, kind: z.literal(kind), ...shape });

const stateSchemas = {
  checkingPhone: state('checkingPhone', { check: FlightSchema }),
  phoneUnchecked: state('phoneUnchecked', { until: MonoTime }),
  numbering: state('numbering', {}),
  pushing: state('pushing', { push: FlightSchema }),
  waiting: state('waiting', open),
  checking: state('checking', {
    ...open,
    check: FlightSchema.nullable(),
    verdict: z.enum(['reverse', 'attention']),
  }),
  askedAgain: state('askedAgain', { ...open, check: FlightSchema.nullable() }),
  reversing: state('reversing', {
    t0: MonoTime,
    flight: FlightSchema.nullable(),
    reversals: z.number().refine(whole),
    reversalsSinceCheck: z.number().refine(whole),
    lastCheckAt: MonoTime.nullable(),
    since: MonoTime,
    nextAt: MonoTime,
    foundAtStart: z.boolean(),
    contested: z.boolean(),
    saidCharged: z.boolean(),
    replaced: z.boolean(),
  }),
  paid: state('paid', {
    paidAt: Instant,
    approvalCode: z.string().nullable(),
    traceNumber: z.string().nullable(),
    proof: z.looseObject({ at: MonoTime, flight: FlightSchema.nullable() }).nullable(),
  }),
  notCharged: state('notCharged', {
    reason: Words,
    code: z.string().nullable(),
    endedAt: Instant,
    neverSent: z.boolean(),
  }),
  reversed: state('reversed', { endedAt: Instant }),
  needsAttention: state('needsAttention', {
    reason: z.enum(['cutOff', 'numbersOfAnotherPayment', 'contested', 'contradiction']),
    since: Instant,
    t0: MonoTime,
  }),
  resolved: state('resolved', {
    as: z.enum(['charged', 'notCharged']),
    by: z.string(),
    reason: z.string(),
    endedAt: Instant,
  }),
} satisfies { readonly [K in PaymentState['kind']]: z.ZodType<PaymentState & { kind: K }> };

const Kind = z.looseObject({ kind: z.string() });

/** Reads a state by the schema of its kind. Throws as zod does. */
export function parseState(value: unknown): PaymentState {
  const { kind } = Kind.parse(value);
  if (!isOneOf(stateSchemas, kind)) throw new Error(`no state is called "${kind}"`);
  return stateSchemas[kind].parse(value);
}

const MomentSchema: z.ZodType<Moment> = z.looseObject({
  mono: MonoTime,
  wall: Instant,
  offsetMs: z.number(),
  heard: z.boolean(),
  notFoundTrusted: z.boolean(),
  roll: z.number(),
});

const AnswerSchema: z.ZodType<Answer> = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('believed'),
    code: z.string(),
    names: z.looseObject({ invoice: z.boolean(), amount: z.boolean(), phone: z.boolean() }),
    approvalCode: z.string().nullable(),
    traceNumber: z.string().nullable(),
    seenBefore: z.boolean(),
  }),
  z.looseObject({ kind: z.literal('anotherPayment'), differs: z.array(z.string()) }),
  z.looseObject({ kind: z.literal('notOurs'), differs: z.array(z.string()) }),
  z.looseObject({ kind: z.literal('unreadable'), why: z.string() }),
]);

export const NeverSent: z.ZodType<NeverSentReason> = z.enum([
  'nameNotFound',
  'refused',
  'unreachable',
  'tlsRefused',
  'proxyRefused',
  'connectTimeout',
  'gate',
]);

export const NoAnswer: z.ZodType<NoAnswerReason> = z.enum([
  'timeout',
  'connectionLost',
  'answerTooLong',
  'givenUp',
]);

const event = <K extends PaymentEvent['type'], S extends z.ZodRawShape>(type: K, shape: S) =>
  z.looseObject({ type: z.literal(type), at: MomentSchema, ...shape });

const eventSchemas = {
  started: event('started', {}),
  wentOn: event('wentOn', {}),
  cancelled: event('cancelled', {}),
  numbered: event('numbered', { numbers: NumbersSchema }),
  numberRefused: event('numberRefused', {}),
  written: event('written', { attempt: Attempt }),
  neverSent: event('neverSent', { attempt: Attempt, reason: NeverSent }),
  noAnswer: event('noAnswer', { attempt: Attempt, reason: NoAnswer }),
  answered: event('answered', {
    attempt: Attempt,
    operation: OperationSchema,
    answer: AnswerSchema,
  }),
  due: event('due', {}),
  restarted: event('restarted', {}),
  resumed: event('resumed', {}),
  setAside: event('setAside', {}),
  broughtBack: event('broughtBack', {}),
  seen: event('seen', {}),
  paidOtherwise: event('paidOtherwise', {}),
  resolved: event('resolved', {
    as: z.enum(['charged', 'notCharged']),
    by: z.string(),
    reason: z.string(),
  }),
} satisfies { readonly [K in PaymentEvent['type']]: z.ZodType<PaymentEvent & { type: K }> };

const Type = z.looseObject({ type: z.string() });

/** Reads an event by the schema of its type. Throws as zod does. */
export function parseEvent(value: unknown): PaymentEvent {
  const { type } = Type.parse(value);
  if (!isOneOf(eventSchemas, type)) throw new Error(`no event is called "${type}"`);
  return eventSchemas[type].parse(value);
}

function isOneOf<T extends object>(table: T, name: string): name is keyof T & string {
  return Object.hasOwn(table, name);
}
