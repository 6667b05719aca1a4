import { type Instant, instant } from '../../shared/time.ts';
import { buildRequest } from '../ovo/messages.ts';
import type { OutgoingRequest, Subject, TerminalIdentity } from '../ovo/types.ts';
import { type Order, ordered } from '../payment/begin.ts';
import { deadlineOf } from '../payment/deadline.ts';
import { step } from '../payment/step.ts';
import type {
  Deadline,
  Effect,
  Moment,
  PaymentEvent,
  PaymentId,
  PaymentState,
} from '../payment/types.ts';
import { NumbersExhausted, StoreUnavailable } from '../store/errors.ts';
import type { StoredPayment } from '../store/types.ts';
import type { Watch } from './watch.ts';
import {
  type Advance,
  type Happening,
  isLive,
  type Live,
  type Outgoing,
  type SendEffect,
  type World,
} from './world.ts';

/** A payment, and what its messages name. */
export interface About {
  readonly state: PaymentState;
  readonly subject: Subject;
  readonly identity: TerminalIdentity;
}

/** More than the rows of one step of a payment, the longest answer kept included. */
const probeBytes = 96 * 1024;

/**
 * The payments at hand, in memory and on disk. One call is one commit: events, new states, numbers,
 * requests and answers become durable together or not at all (rules 6 and 25, N2), and memory follows
 * only then. It sends nothing.
 */
export class Ledger {
  readonly payments = new Map<PaymentId, Live>();
  private readonly world: World;
  private readonly watch: Watch;
  /** States that the commit under way has reached. */
  private readonly uncommitted = new Map<PaymentId, Live>();
  private fault: StoreUnavailable | null = null;
  private trusted: boolean;

  constructor(world: World, watch: Watch) {
    this.world = world;
    this.watch = watch;
    this.trusted = world.store.setting('notFoundTrusted') === world.fingerprint;
  }

  /** Why nothing can be written at present, or null. */
  get storageFault(): StoreUnavailable | null {
    return this.fault;
  }

  /**
   * The moment for an event of a payment: "not found" is believed only of a payment made under the
   * settings for which it was proven (rule 12b).
   */
  moment(settings: string = this.world.fingerprint): Moment {
    return this.watch.moment(this.trusted && settings === this.world.fingerprint);
  }

  /** Reads what an earlier run left with something to do, decide or see; returns it oldest first. */
  load(): readonly PaymentId[] {
    const found = this.world.store.live();
    for (const stored of found) this.payments.set(stored.state.id, fromStore(stored));
    return found.map(({ state }) => state.id);
  }

  /**
   * A new payment, with its number and its first request.
   * @throws NumbersExhausted, StoreUnavailable: no trace of it is left then.
   */
  begin(order: Omit<Order, 'id' | 'terminal' | 'settings'>): Advance {
    const at = this.moment();
    const id = this.world.store.nextPaymentId();
    const { merchantId, storeCode, tid, mid } = this.world.message.identity;
    const terminal = { merchantId, storeCode, tid, mid };
    const settings = this.world.fingerprint;
    const state = ordered({ ...order, id, terminal, settings }, at);
    const fresh: Live = { id, state, events: 0, pushedAt: null, deadline: null, unsaved: [] };
    const advance = this.commit(() => this.advance(fresh, [{ type: 'started', at }], true));
    this.payments.set(id, advance.live);
    return advance;
  }

  /**
   * Applies events in one commit, in order.
   * @throws StoreUnavailable if they could not be written; then nothing has happened.
   */
  apply(batch: readonly Happening[]): readonly Advance[] {
    const done = this.commit(() => batch.map((one) => this.applyOne(one)));
    const advances = done.filter((advance) => advance !== null);
    for (const { live, effects } of advances) {
      this.payments.set(live.id, live);
      if (this.proves(live.state, effects)) this.trusted = true;
    }
    return advances;
  }

  /**
   * Takes an event into memory only, for `save` to write a little later: right where a restart would
   * not miss it. Returns false if it meant nothing.
   */
  note(id: PaymentId, event: PaymentEvent): boolean {
    const live = this.payments.get(id);
    if (live === undefined) return false;
    const { state } = step(live.state, event);
    if (state === live.state) return false;
    const deadline = deadlineOf(state, event.at);
    this.payments.set(id, {
      ...live,
      state,
      deadline,
      events: live.events + 1,
      unsaved: [...live.unsaved, event],
    });
    return true;
  }

  /** Writes what `note` has left in memory. @throws StoreUnavailable; it stays in memory then. */
  saveNoted(): void {
    const noted = [...this.payments.values()].filter((live) => live.unsaved.length > 0);
    if (noted.length === 0) return;
    this.commit(() => {
      for (const live of noted) this.save(live, live.unsaved);
    });
    for (const live of noted) this.payments.set(live.id, { ...live, unsaved: [] });
  }

  /** A small fact that outlives the run. @throws StoreUnavailable */
  keepSetting(name: string, value: string): void {
    this.commit(() => this.world.store.setSetting(name, value));
  }

  /**
   * Notices that the database's file was removed or replaced under the running program: what is
   * committed from then on is written nowhere (N2). Nothing new is begun while that lasts.
   */
  watchFile(): void {
    try {
      this.stillOurs();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      this.broke(error);
    }
  }

  /**
   * Finds out whether the disk takes as much as a payment may need: on a full one a few bytes still fit.
   * @throws StoreUnavailable
   */
  probe(): void {
    this.stillOurs();
    this.keepSetting('probe', 'x'.repeat(probeBytes));
    this.keepSetting('probe', '');
  }

  /** The cut-off lies elsewhere on the monotonic clock once the wall clock or its offset has moved. */
  reckonDeadlines(): void {
    const at = this.moment();
    for (const live of this.payments.values()) {
      this.payments.set(live.id, { ...live, deadline: deadlineOf(live.state, at) });
    }
  }

  /** What an answer of a payment is held against (rule 10). */
  subject(id: PaymentId): About | null {
    const live = this.uncommitted.get(id) ?? this.payments.get(id);
    if (live === undefined) return null;
    const { state, pushedAt } = live;
    return { state, subject: subjectOf(state, pushedAt), identity: this.identityOf(state) };
  }

  /** Its own answer was 94 or 40 (rule 12a); as the commit under way has it. */
  isContested(id: PaymentId): boolean {
    const state = this.subject(id)?.state;
    return state !== undefined && 'contested' in state && state.contested;
  }

  /** Who the payment said it came from; only the app id goes with the key of today (rule 6). */
  private identityOf({ terminal }: PaymentState): TerminalIdentity {
    return { ...terminal, appId: this.world.message.identity.appId };
  }

  private commit<T>(work: () => T): T {
    try {
      // A file that is gone takes commits as if nothing were wrong.
      if (this.fault?.reason === 'gone') this.stillOurs();
      const result = this.world.store.commit(work);
      if (this.fault !== null) this.world.log.info('storage works again');
      this.fault = null;
      return result;
    } catch (error) {
      if (error instanceof StoreUnavailable) this.broke(error);
      throw error;
    } finally {
      this.uncommitted.clear();
    }
  }

  /** @throws StoreUnavailable if database or lock are no longer those that this run has opened. */
  private stillOurs(): void {
    this.world.store.stillThere();
    if (!this.world.stillAlone())
      throw new StoreUnavailable('gone', 'the lock of the data folder was removed');
  }

  private broke(error: StoreUnavailable): void {
    if (this.fault === null) this.world.log.error('storage is not available', { error });
    this.fault = error;
  }

  /** Several events of one payment in one batch build on each other. */
  private applyOne({ id, event, end }: Happening): Advance | null {
    if (end) this.world.store.recordEnd(id, end.attempt, end.end, end.at);
    const live = this.uncommitted.get(id) ?? this.payments.get(id);
    if (live === undefined) return null;
    const advance = this.advance(live, [event(this.moment(live.state.settings))]);
    this.uncommitted.set(id, advance.live);
    return advance;
  }

  /** Steps through the events, gives a number if the machine asks for one, and records requests. */
  private advance(live: Live, events: readonly PaymentEvent[], isNew = false): Advance {
    const queue = [...events];
    const kept: PaymentEvent[] = [];
    const effects: Effect[] = [];
    const outgoing: Outgoing[] = [];
    let { state, pushedAt } = live;
    for (let event = queue.shift(); event !== undefined; event = queue.shift()) {
      const result = step(state, event);
      if (result.state === state && result.effects.length === 0) continue;
      kept.push(event);
      effects.push(...result.effects);
      state = result.state;
      for (const effect of result.effects) {
        if (effect.type === 'takeNumber') queue.push(this.takeNumber(state, event.at, isNew));
        if (effect.type !== 'send') continue;
        const request = this.prepare(state, pushedAt, effect);
        if (effect.operation === 'pushToPay') pushedAt = request.date;
        outgoing.push({ id: live.id, lane: live.deadline?.lane ?? 'onTime', effect, request });
      }
    }
    const deadline = deadlineOf(state, this.moment());
    const next: Live = {
      id: live.id,
      state,
      pushedAt,
      deadline,
      events: live.events + kept.length,
      unsaved: [],
    };
    this.keep(next, [...live.unsaved, ...kept], effects, outgoing);
    return { live: next, effects, outgoing };
  }

  private keep(
    next: Live,
    events: readonly PaymentEvent[],
    effects: readonly Effect[],
    outgoing: readonly Outgoing[],
  ): void {
    const { store, fingerprint, clock } = this.world;
    if (events.length > 0) this.save(next, events);
    // Not the request's own date: a status check carries that of its payment.
    for (const { id, effect, request } of outgoing)
      store.recordRequest(id, effect.attempt, request, clock.wall());
    if (this.proves(next.state, effects)) store.setSetting('notFoundTrusted', fingerprint);
  }

  /** A check that found its payment proves the settings that the payment was made under, no others. */
  private proves(state: PaymentState, effects: readonly Effect[]): boolean {
    const found = effects.some(({ type }) => type === 'trustNotFound');
    return found && state.settings === this.world.fingerprint;
  }

  private takeNumber(state: PaymentState, at: Moment, isNew: boolean): PaymentEvent {
    try {
      const numbers = this.world.store.takeNumber(state.day, at.wall, this.world.random.token(65));
      return { type: 'numbered', at, numbers };
    } catch (error) {
      // A payment that has only just been asked for is refused and leaves no row behind.
      if (!(error instanceof NumbersExhausted) || isNew) throw error;
      return { type: 'numberRefused', at };
    }
  }

  private prepare(
    state: PaymentState,
    pushedAt: Instant | null,
    { operation }: SendEffect,
  ): OutgoingRequest {
    const { message, clock } = this.world;
    const asked = { ...message, identity: this.identityOf(state) };
    return buildRequest(operation, subjectOf(state, pushedAt), asked, clock.wall());
  }

  private save(live: Live, newEvents: readonly PaymentEvent[]): void {
    const { state, events, pushedAt, deadline } = live;
    const deadlineAt = this.wallOf(deadline);
    this.world.store.save({
      payment: { state, events, pushedAt, deadlineAt },
      newEvents,
      live: isLive(live),
    });
  }

  private wallOf(deadline: Deadline | null): Instant | null {
    const { clock } = this.world;
    return deadline === null ? null : instant(clock.wall() + deadline.at - clock.mono());
  }
}

function fromStore({ state, events, pushedAt }: StoredPayment): Live {
  return { id: state.id, state, events, pushedAt, deadline: null, unsaved: [] };
}

function subjectOf({ phone, amount, numbers }: PaymentState, pushedAt: Instant | null): Subject {
  return { phone, amount, numbers, pushedAt };
}
