import { z } from 'zod';
import {
  type ArgsOf,
  messageBytesMax,
  type Reply,
  type RequestName,
  type ResultOf,
  requests,
} from '../shared/ipc.ts';
import { type Mono, mono } from '../shared/time.ts';
import type { TillView } from '../shared/view.ts';
import { type Desk, Refused } from './driver/desk.ts';
import type { Driver } from './driver/driver.ts';
import type { Host, Sender } from './host.ts';
import type { PaymentId } from './payment/types.ts';
import type { Clock } from './platform/clock.ts';
import type { Log } from './platform/log.ts';

const Envelope = z.strictObject({ name: z.string().max(60), args: z.unknown() });

type Handlers = { readonly [N in RequestName]: (args: ArgsOf<N>) => ResultOf<N> };

/** Views follow each other no faster than this; the last one always arrives. */
const pushGapMs = 50;
/** More requests a second than any hand can make: the rest is refused unread. */
const requestsPerSecondMax = 50;

/**
 * Answers the page and keeps it up to date. Everything that comes in is checked before it is believed:
 * who sent it, how large it is, which channel, the shape of its arguments; what goes out is parsed too.
 */
export function serve(host: Host, desk: Desk, driver: Driver, clock: Clock, log: Log): void {
  const pusher = new ViewPusher(host, desk, clock, log);
  // What a person changes about the screens may touch no payment that the driver runs.
  const handlers = handlersFor(desk, () => pusher.soon());
  const allow = limiter(clock);
  host.onRequest(async (sender, message) => answer(handlers, allow, log, sender, message));
  driver.onChange(() => pusher.soon());
}

function handlersFor(desk: Desk, changed: () => void): Handlers {
  const done =
    <A>(act: (args: A) => void) =>
    (args: A) => {
      act(args);
      changed();
      return {};
    };
  const nothing = (act: (id: PaymentId) => void) =>
    done((args: { id: number }) => act(args.id as PaymentId));
  return {
    'till.view': () => desk.view(),
    'till.setLanguage': done(({ language }) => desk.setLanguage(language)),
    'till.setSound': done(({ on }) => desk.setSound(on)),
    'payment.start': ({ amount, phone, confirmRepeat }) => desk.start(amount, phone, confirmRepeat),
    'payment.again': ({ id }) => desk.again(id as PaymentId),
    'payment.goOn': nothing((id) => desk.goOn(id)),
    'payment.cancel': nothing((id) => desk.cancel(id)),
    'payment.setAside': nothing((id) => desk.setAside(id)),
    'payment.show': nothing((id) => desk.show(id)),
    'payment.seen': nothing((id) => desk.seen(id)),
    'payment.paidOtherwise': nothing((id) => desk.paidOtherwise(id)),
  };
}

function answer(
  handlers: Handlers,
  allow: () => boolean,
  log: Log,
  sender: Sender,
  message: unknown,
): Reply<RequestName> {
  const refuse = (why: string, key = 'badMessage'): Reply<RequestName> => {
    log.warn('a request was refused', { why, sender: sender.description });
    return { ok: false, refusal: { key: `refusal.${key}`, values: {} } };
  };
  if (!sender.trusted) return refuse('sender not trusted');
  if (!allow()) return refuse('too many requests');
  if (tooLarge(message)) return refuse('message too large');
  const envelope = Envelope.safeParse(message);
  if (!envelope.success || !isRequestName(envelope.data.name)) return refuse('no such request');
  const { name, args } = envelope.data;
  const parsed = requests[name].args.safeParse(args);
  if (!parsed.success) return refuse(`wrong arguments for ${name}`);
  try {
    const handle = handlers[name] as (args: unknown) => unknown;
    const result = requests[name].result.parse(handle(parsed.data));
    return { ok: true, result } as Reply<RequestName>;
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    log.error('a request failed', { name, error });
    return refuse(`failed: ${name}`, 'internal');
  }
}

function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name);
}

/** Looks no deeper than the contract goes, so that a hostile message costs nothing to refuse. */
function tooLarge(message: unknown): boolean {
  let left = messageBytesMax;
  const weigh = (value: unknown, depth: number): void => {
    left -= typeof value === 'string' ? value.length : 8;
    if (left < 0 || typeof value !== 'object' || value === null) return;
    if (depth > 4) left = -1;
    for (const [key, inner] of Object.entries(value)) {
      left -= key.length;
      if (left < 0) return;
      weigh(inner, depth + 1);
    }
  };
  weigh(message, 0);
  return left < 0;
}

function limiter(clock: Clock): () => boolean {
  let since: Mono = clock.mono();
  let count = 0;
  return () => {
    const now = clock.mono();
    if (now - since >= 1_000) {
      since = now;
      count = 0;
    }
    count += 1;
    return count <= requestsPerSecondMax;
  };
}

/** Pushes whole views: at once when something changes, then not faster than the gap. */
class ViewPusher {
  private readonly host: Host;
  private readonly desk: Desk;
  private readonly clock: Clock;
  private readonly log: Log;
  private notBefore: Mono;
  private waiting = false;
  private lastSaid = '';

  constructor(host: Host, desk: Desk, clock: Clock, log: Log) {
    this.host = host;
    this.log = log;
    this.desk = desk;
    this.clock = clock;
    this.notBefore = clock.mono();
  }

  soon(): void {
    if (this.waiting) return;
    this.waiting = true;
    // Never within the step that changed something: the payment goes first.
    this.clock.at(mono(Math.max(this.notBefore, this.clock.mono())), () => this.push());
  }

  private push(): void {
    this.waiting = false;
    this.notBefore = mono(this.clock.mono() + pushGapMs);
    try {
      this.pushIfNew();
    } catch (error) {
      // A view that cannot be made costs the screen a moment, never a payment its timer.
      this.log.error('no view could be made', { error });
    }
  }

  private pushIfNew(): void {
    const view = this.desk.view();
    const says = withoutTime(view);
    if (says === this.lastSaid) return;
    this.lastSaid = says;
    this.host.push({ name: 'till.view', value: view });
  }
}

/** Two views that differ only in this are the same to a person. */
function withoutTime(view: TillView): string {
  const connection = view.connection && { ...view.connection, at: 0 };
  return JSON.stringify({ ...view, revision: 0, now: 0, connection });
}
