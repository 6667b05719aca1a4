import { invariant } from '../../shared/never.ts';
import { type Instant, jakartaStamp } from '../../shared/time.ts';
import type { Numbers } from '../payment/types.ts';
import type { AppKey } from './app-key.ts';
import { endpoint } from './endpoint.ts';
import { operations } from './operations.ts';
import { sign } from './signature.ts';
import type {
  OutgoingRequest,
  OvoOperation,
  SignatureForm,
  Subject,
  TerminalIdentity,
} from './types.ts';

/** The terminal's settings that shape a request. */
export interface MessageContext {
  readonly identity: TerminalIdentity;
  readonly baseUrl: string;
  readonly signature: SignatureForm;
  /**
   * The `date` of a status check: the push's own, as OVO's guidance has it, or the present time, as
   * public integrations do. Acceptance testing with OVO decides.
   */
  readonly statusDate: 'original' | 'now';
  readonly appKey: AppKey;
}

/** How the till names itself; a test holds it against the package's version. */
export const userAgent = 'Gerai/0.1.0';

/** The channel a payment came in by. Point of sale, as opposed to a bank's card terminal. */
const appSource = 'POS';

/**
 * Makes a request, ready to be recorded and then sent: every header in the order of the wire, and
 * the body's exact bytes (rule 25). What a payment was numbered with is repeated to the letter in
 * all that follows it (rule 6). `random` and `hmac` belong to this call, so every retry is built
 * anew, with its own `at`.
 *
 * @param at the wall clock's time of the call.
 * @throws BrokenInvariant if the subject lacks what the operation must name.
 * @throws BaseUrlRefused if the base address is one the till does not send to.
 */
export function buildRequest(
  operation: OvoOperation,
  subject: Subject,
  context: MessageContext,
  at: Instant,
): OutgoingRequest {
  const url = endpoint(context.baseUrl);
  const date = dateOf(operation, subject, context, at);
  const body = Buffer.from(JSON.stringify(bodyOf(operation, subject, context.identity, date)));
  const { appId } = context.identity;
  const random = String(Math.floor(at / 1_000));
  return {
    operation,
    method: 'POST',
    url: url.href,
    headers: [
      ['Host', url.host],
      ['Connection', 'keep-alive'],
      ['Content-Type', 'application/json'],
      ['Accept', 'application/json'],
      // Answers are kept byte for byte, so that a person can read them later.
      ['Accept-Encoding', 'identity'],
      ['User-Agent', userAgent],
      ['Content-Length', String(body.length)],
      ['app-id', appId],
      ['random', random],
      ['hmac', sign(context.appKey, context.signature, appId, random, body)],
    ],
    body,
    date,
  };
}

/** Status checks ask about a moment; all other requests are dated when they are made. */
function dateOf(
  operation: OvoOperation,
  subject: Subject,
  context: MessageContext,
  at: Instant,
): Instant {
  const asks = operation === 'statusCheck' || operation === 'voidStatusCheck';
  if (!asks || context.statusDate === 'now') return at;
  invariant(subject.pushedAt !== null, 'rule 12: a status check carries the date of its push');
  return subject.pushedAt;
}

/** The body's fields; their order here is their order on the wire. */
function bodyOf(
  operation: OvoOperation,
  subject: Subject,
  identity: TerminalIdentity,
  date: Instant,
): object {
  const { requestType, processingCode } = operations[operation];
  const terminal = {
    tid: identity.tid,
    mid: identity.mid,
    merchantId: identity.merchantId,
    storeCode: identity.storeCode,
    appSource,
  };
  if (operation === 'phoneCheck') {
    return {
      type: requestType,
      processingCode,
      date: jakartaStamp(date),
      ...terminal,
      transactionRequestData: { phone: subject.phone },
    };
  }
  const { numbers } = subject;
  invariant(numbers !== null, 'rule 6: only a phone check goes out without numbers');
  return {
    type: requestType,
    processingCode,
    amount: subject.amount,
    date: jakartaStamp(date),
    referenceNumber: referenceOf(numbers),
    ...terminal,
    transactionRequestData: {
      batchNo: batchOf(numbers),
      merchantInvoice: numbers.invoice,
      phone: subject.phone,
    },
  };
}

function referenceOf(numbers: Numbers): string | number {
  return numbers.asNumber ? numbers.reference : numbers.referenceText;
}

function batchOf(numbers: Numbers): string | number {
  return numbers.asNumber ? numbers.batch : numbers.batchText;
}
