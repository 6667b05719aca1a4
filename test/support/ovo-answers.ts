import { z } from 'zod';
import { operations } from '../../main/ovo/operations.ts';
import type { IncomingAnswer, OutgoingRequest } from '../../main/ovo/types.ts';
import { type Instant, jakartaStamp } from '../../shared/time.ts';

/** Makes an answer differ from a believable one. */
export interface AnswerChanges {
  /** HTTP status; 200 if not given. */
  readonly status?: number;
  /** Put over the body's fields; `undefined` leaves a field out. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** The same for the fields inside `transactionRequestData`. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** OVO's clock as its `Date` header tells it; null for no such header. */
  readonly date?: Instant | null;
}

const RequestBody = z.looseObject({
  amount: z.number().optional(),
  date: z.string(),
  referenceNumber: z.union([z.string(), z.number()]).optional(),
  tid: z.string(),
  mid: z.string(),
  storeCode: z.string(),
  transactionRequestData: z.looseObject({}),
});

/** An answer as OVO gives it: to this request, with this response code, at this time by its clock. */
export function believableAnswer(
  request: OutgoingRequest,
  code: string,
  at: Instant,
  changes: AnswerChanges = {},
): IncomingAnswer {
  const asked = RequestBody.parse(JSON.parse(request.body.toString('utf8')));
  const { responseType, processingCode } = operations[request.operation];
  const stamp = jakartaStamp(at);
  const reference = Number(asked.referenceNumber);
  const body = {
    type: responseType,
    processingCode,
    amount: asked.amount,
    date: asked.date,
    // A trace number and an approval code of its own for each payment, the same at every asking.
    traceNumber: Number.isNaN(reference) ? 1 : 100_000 + reference,
    hostTime: stamp.slice(11, 19).replaceAll(':', ''),
    hostDate: stamp.slice(5, 10).replace('-', ''),
    // It comes back as a number, whatever it was sent as.
    referenceNumber: Number.isNaN(reference) ? undefined : reference,
    approvalCode: code === '00' ? String(400_000 + (reference || 0)) : undefined,
    responseCode: code,
    tid: asked.tid,
    mid: asked.mid,
    transactionRequestData: { ...asked.transactionRequestData, ...changes.request },
    ...(code === '00' && asked.amount !== undefined
      ? { transactionResponseData: details(asked.amount) }
      : {}),
    ...changes.body,
  };
  return incoming(JSON.stringify(body), at, changes);
}

/** What OVO's gateway has answered when its own side ran out of time: 404 and nothing else. */
export function emptyNotFound(at: Instant): IncomingAnswer {
  return incoming('', at, { status: 404 });
}

/** Any text as an answer, such as a page of HTML or half a JSON. */
export function textAnswer(text: string, at: Instant, status = 200): IncomingAnswer {
  return incoming(text, at, { status });
}

function incoming(text: string, at: Instant, changes: AnswerChanges): IncomingAnswer {
  const body = Buffer.from(text);
  const date = changes.date === undefined ? at : changes.date;
  const dated = date === null ? [] : [['Date', new Date(date).toUTCString()] as const];
  return {
    status: changes.status ?? 200,
    headers: [
      ['Content-Type', 'application/json'],
      ['Content-Length', String(body.length)],
      ...dated,
    ],
    body,
    cutOff: false,
  };
}

/** The customer's own particulars: planted here so that a test can look for where they got to. */
export const plantedName = 'BUDI PLANTED';
export const plantedBalance = '87654321';

function details(amount: number): object {
  return {
    storeName: 'Toko Uji',
    ovoid: '********7890',
    fullName: plantedName,
    cashUsed: String(amount),
    cashBalance: plantedBalance,
    ovoPointsUsed: '0',
    ovoPointsEarned: '0',
    ovoPointsBalance: '0',
    paymentType: 'PUSH TO PAY',
  };
}
