import { type Instant, type Mono, mono } from '../../shared/time.ts';
import { ovoDate, readAnswer } from '../ovo/answer.ts';
import type { ExchangeEnd } from '../ovo/types.ts';
import type { Order } from '../payment/begin.ts';
import { mayLeave } from '../payment/day.ts';
import type {
  Answer,
  AttemptNumber,
  Effect,
  ManagerNotice,
  Moment,
  Operation,
  PaymentEvent,
  PaymentId,
} from '../payment/types.ts';
import { StoreUnavailable } from '../store/errors.ts';
import { Flights, type Landed } from './flights.ts';
import { Ledger } from './ledger.ts';
import { Turns } from './turns.ts';
import { Watch } from './watch.ts';
import { type Advance, type Happening, isLive, type Live, type World } from './world.ts';

/** The last exchange with OVO, for the strip. */
export interface Heard {
  readonly ok: boolean;
  readonly roundTripMs: number | null;
  readonly at: Instant;
}

/** How long `written` may stay in memory: a restart counts anew anyway (rule 22). */
const saveLaterMs = 250;
const heartbeatMs = 1_000;
/** How much is done in one go before the event loop gets its turn. */
const batchMax = 20;

/**
 * Performs what the machine wants and tells it what happened; it decides nothing. One step is: write
 * the event, the new state and any request in one commit, then act (N2). What cannot be written is
 * kept and tried again; until then nothing is acted on.
 */
export class Driver {
  readonly watch: Watch;
  private readonly world: World;
  private readonly ledger: Ledger;
  private readonly flights: Flights;
  private readonly turns = new Turns();
  private readonly listeners = new Set<(changed: PaymentId | null) => void>();
  private readonly notices = new Set<ManagerNotice>();
  /** What has happened and could not be written yet. */
  private readonly backlog: Happening[] = [];
  /** When events that are only in memory are written at the latest. */
  private saveBy: Mono | null = null;
  private beat: Mono;
  private callOff: (() => void) | null = null;
  private armQueued = false;
  private closed = false;
  private lastHeard: Heard | null = null;

  constructor(world: World) {
    this.world = world;
    this.watch = new Watch(
      world.clock,
      world.random,
      Number(world.store.setting('ovoOffsetMs') ?? 0),
    );
    this.ledger = new Ledger(world, this.watch);
    this.flights = new Flights(world, {
      mayWrite: (id, operation) => this.mayWrite(id, operation),
      written: (id, attempt) => this.written(id, attempt),
      ended: (landed) => this.ended(landed),
    });
    this.beat = mono(world.clock.mono() + heartbeatMs);
  }

  /** Takes up what an earlier run has left unfinished (rule 22), oldest first. */
  start(): void {
    const found = this.ledger.load();
    if (found.length > 0)
      this.world.log.info('payments found unfinished or unseen', { count: found.length });
    this.happen(found.map((id) => ({ id, event: (at) => ({ type: 'restarted', at }) })));
    this.arm();
  }

  /** Every payment that is unfinished, needs attention, ended unseen, or still has a socket open. */
  all(): Iterable<Live> {
    return this.ledger.payments.values();
  }

  get(id: PaymentId): Live | null {
    return this.ledger.payments.get(id) ?? null;
  }

  moment(): Moment {
    return this.ledger.moment();
  }

  get connection(): Heard | null {
    return this.lastHeard;
  }

  get managerNotices(): ReadonlySet<ManagerNotice> {
    return this.notices;
  }

  /** Why nothing can be written at present, or null. */
  get storageFault(): StoreUnavailable | null {
    return this.ledger.storageFault;
  }

  /** Calls back after each change, and once a second without one; returns a function that ends it. */
  onChange(listen: (changed: PaymentId | null) => void): () => void {
    this.listeners.add(listen);
    return () => this.listeners.delete(listen);
  }

  /**
   * Begins a payment: with the number, the row and the request in one commit (rule 6).
   * @throws NumbersExhausted (rules 3, 4) and StoreUnavailable; nothing has been sent or kept then.
   */
  begin(order: Omit<Order, 'id'>): PaymentId {
    this.look();
    const advance = this.ledger.begin(order);
    this.settle([advance]);
    return advance.live.id;
  }

  /**
   * Tells a payment of a command given at the till.
   * @throws StoreUnavailable if it cannot be kept; nothing has changed then.
   */
  tell(id: PaymentId, event: (at: Moment) => PaymentEvent): void {
    this.look();
    this.settle(this.ledger.apply([{ id, event }]));
  }

  /** The system reports that it slept (rule 22). */
  resumed(): void {
    this.countAnew('reported by the system');
  }

  /** Ends cleanly: what is under way is given up on the wire and taken up by the next start. */
  close(): void {
    if (this.closed) return;
    this.saveNoted();
    this.closed = true;
    this.callOff?.();
    this.flights.giveUpAll();
    this.world.wire.close();
    this.world.store.close();
  }

  /* ——— events and effects ——— */

  /** Applies events in order, a batch a commit. What cannot be written now is kept for later. */
  private happen(happenings: readonly Happening[]): void {
    this.backlog.push(...happenings);
    let size = batchMax;
    while (this.backlog.length > 0 && !this.closed) {
      const batch = this.backlog.slice(0, size);
      const applied = this.apply(batch);
      if (applied === 'unwritten') return;
      if (applied === 'fault' && size > 1) {
        // A fault with one payment must not hold up the others: each by itself.
        size = 1;
        continue;
      }
      this.backlog.splice(0, batch.length);
    }
  }

  /** One commit, and what follows from it. Unwritten or at fault, nothing has happened. */
  private apply(batch: readonly Happening[]): 'done' | 'unwritten' | 'fault' {
    let done: readonly Advance[];
    try {
      done = this.ledger.apply(batch);
    } catch (error) {
      if (error instanceof StoreUnavailable) {
        this.changed(null);
        return 'unwritten';
      }
      if (batch.length === 1) this.passOver(batch[0]?.id ?? null, error);
      return 'fault';
    }
    this.settle(done);
    return 'done';
  }

  /**
   * A broken invariant decides nothing: the payment stays as it was, in doubt if it was, and people
   * are told. What a restart would make of it, it still makes.
   */
  private passOver(payment: PaymentId | null, error: unknown): void {
    this.world.log.error('a fault in the program: an event is passed over', { payment, error });
    this.notices.add('programFault');
  }

  /**
   * After a commit, what the machine wanted is done. Requests leave last, when everything else is as
   * it should be, since a connection that is up may ask back at once.
   */
  private settle(done: readonly Advance[]): void {
    for (const { live, effects } of done) for (const effect of effects) this.perform(live, effect);
    for (const { outgoing } of done) {
      for (const one of outgoing) {
        if (one.lane === 'turn') this.turns.take(one.id, one.effect.attempt);
        this.flights.send(one);
      }
    }
    for (const { live } of done) {
      this.changed(live.id);
      this.forgetIfDone(live.id);
    }
    this.armSoon();
  }

  private perform({ id, state }: Live, effect: Effect): void {
    switch (effect.type) {
      case 'giveUp':
        this.flights.giveUp(id, effect.attempt);
        break;
      case 'trustNotFound':
        this.notices.delete('statusChecksUnproven');
        break;
      case 'tellManager':
        this.world.log.warn('the manager is told', {
          payment: id,
          notice: effect.notice,
          lastWord: state.lastWord,
        });
        this.notices.add(effect.notice);
        break;
      // Done within the commit, and after it.
      case 'takeNumber':
      case 'send':
        break;
    }
  }

  /** A payment is kept in memory while anything is left of it, an open socket included (rule 14a). */
  private forgetIfDone(id: PaymentId): void {
    const live = this.ledger.payments.get(id);
    if (live && !isLive(live) && !this.flights.has(id)) this.ledger.payments.delete(id);
  }

  private changed(id: PaymentId | null): void {
    for (const listen of this.listeners) listen(id);
  }

  /* ——— the wire ——— */

  /** The connection is up and nothing written: the clocks are looked at once more (rules 16, 17, 22). */
  private mayWrite(id: PaymentId, operation: Operation): boolean {
    if (this.closed) return false;
    this.look();
    const live = this.ledger.payments.get(id);
    return live !== undefined && mayLeave(live.state, operation, this.moment());
  }

  private written(id: PaymentId, attempt: AttemptNumber): void {
    const at = this.moment();
    if (!this.ledger.note(id, { type: 'written', at, attempt })) return;
    this.saveBy ??= mono(at.mono + saveLaterMs);
    this.changed(id);
    this.armSoon();
  }

  private saveNoted(): void {
    this.saveBy = null;
    try {
      this.ledger.saveNoted();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      this.saveBy = mono(this.world.clock.mono() + heartbeatMs);
    }
  }

  private ended({ id, attempt, operation, end, tookMs }: Landed): void {
    if (this.closed) return;
    this.look();
    this.turns.free(id, attempt);
    const at = this.world.clock.wall();
    this.hearOf(id, attempt, operation, end, tookMs, at);
    const moved = end.kind === 'answer' && this.hearDate(end);
    const event = (now: Moment): PaymentEvent => this.eventOf(id, attempt, operation, end, now);
    this.happen([{ id, event, end: { attempt, end, at } }]);
    if (moved) this.ledger.reckonDeadlines();
    this.armSoon();
  }

  private hearOf(
    id: PaymentId,
    attempt: AttemptNumber,
    operation: Operation,
    end: ExchangeEnd,
    tookMs: number,
    at: Instant,
  ): void {
    if (end.kind === 'answer') {
      // A push waits for the customer: how long that took says nothing about the connection.
      const roundTripMs =
        operation === 'pushToPay' ? (this.lastHeard?.roundTripMs ?? null) : Math.round(tookMs);
      this.lastHeard = { ok: true, roundTripMs, at };
      return;
    }
    const { kind, reason, detail } = end;
    if (reason === 'givenUp' || reason === 'gate') return;
    this.lastHeard = { ok: false, roundTripMs: null, at };
    this.world.log.warn('no answer', {
      payment: id,
      attempt,
      operation,
      end: kind,
      reason,
      detail,
    });
  }

  private hearDate(end: Extract<ExchangeEnd, { kind: 'answer' }>): boolean {
    const date = ovoDate(end.answer);
    if (date === null || !this.watch.hear(date)) return false;
    this.keepOffset();
    return true;
  }

  private keepOffset(): void {
    try {
      this.ledger.keepSetting('ovoOffsetMs', String(this.watch.offsetMs));
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  private eventOf(
    id: PaymentId,
    attempt: AttemptNumber,
    operation: Operation,
    end: ExchangeEnd,
    at: Moment,
  ): PaymentEvent {
    switch (end.kind) {
      case 'neverSent':
        return { type: 'neverSent', at, attempt, reason: end.reason };
      case 'noAnswer':
        return { type: 'noAnswer', at, attempt, reason: end.reason };
      case 'answer':
        return { type: 'answered', at, attempt, operation, answer: this.read(id, operation, end) };
    }
  }

  /** Holds an answer against its payment (rule 10), and its marks against the books (rule 12a). */
  private read(
    id: PaymentId,
    operation: Operation,
    { answer }: Extract<ExchangeEnd, { kind: 'answer' }>,
  ): Answer {
    const about = this.ledger.subject(id);
    if (about === null) return { kind: 'unreadable', why: 'noSuchPayment' };
    const read = readAnswer(operation, about.subject, this.world.message.identity, answer);
    if (read.kind !== 'believed') return read;
    // Only an approval has marks to look up, and only a contested payment turns on them.
    const asked = read.code === '00' && 'contested' in about.state && about.state.contested;
    const seenBefore = asked && this.world.store.inBooks(id, read.traceNumber, read.approvalCode);
    return { ...read, seenBefore };
  }

  /* ——— time ——— */

  /** Looks at the clocks before anything else is done (rules 22, 26a). */
  private look(): void {
    const { resumed, jumpedMs } = this.watch.look();
    if (jumpedMs !== 0) {
      this.world.log.warn('the wall clock jumped', { jumpedMs });
      this.keepOffset();
    }
    if (resumed) this.countAnew('the clocks');
    else if (jumpedMs !== 0) this.ledger.reckonDeadlines();
  }

  private countAnew(saidBy: string): void {
    this.world.log.warn('resumed after a sleep', { saidBy });
    // What slept with us is likely dead: the next request had better find a fresh connection.
    this.world.wire.close();
    const all = [...this.ledger.payments.keys()];
    this.happen(all.map((id) => ({ id, event: (at) => ({ type: 'resumed', at }) })));
    this.ledger.reckonDeadlines();
    this.armSoon();
  }

  /** Once for all that happens in one go. */
  private armSoon(): void {
    if (this.armQueued || this.closed) return;
    this.armQueued = true;
    queueMicrotask(() => {
      this.armQueued = false;
      this.arm();
    });
  }

  private arm(): void {
    if (this.closed) return;
    const next = this.turns.wakeAt(this.ledger.payments.values());
    const wants = [next, this.saveBy, this.beat].filter((at) => at !== null);
    // With the disk away a deadline that has come cannot be acted on: the heartbeat tries again.
    const at = this.storageFault ? this.beat : mono(Math.min(...wants));
    this.callOff?.();
    this.watch.expectWake(mono(Math.max(at, this.world.clock.mono())));
    this.callOff = this.world.clock.at(at, () => this.wake());
  }

  private wake(): void {
    if (this.closed) return;
    try {
      this.look();
      const now = this.world.clock.mono();
      if (now >= this.beat) this.heartbeat(now);
      if (this.saveBy !== null && now >= this.saveBy) this.saveNoted();
      this.doDue(now);
    } catch (error) {
      // Whatever happens here, the clock must go on ticking for the other payments.
      this.passOver(null, error);
    }
    this.arm();
  }

  private heartbeat(now: Mono): void {
    this.beat = mono(now + heartbeatMs);
    if (this.storageFault !== null) this.keepOffset();
    this.happen([]);
    this.changed(null);
  }

  /** Does what is due: all that must leave on time first, then whoever's turn it is. */
  private doDue(now: Mono): void {
    const onTime = [...Turns.onTime(this.all(), now)];
    onTime.sort((a, b) => (a.deadline?.at ?? 0) - (b.deadline?.at ?? 0));
    if (!this.due(onTime.slice(0, batchMax))) return;
    for (
      let next = this.turns.next(this.all(), now);
      next !== null;
      next = this.turns.next(this.all(), now)
    ) {
      if (!this.due([next])) return;
    }
  }

  /** Due events are not kept for later: if they cannot be written now, they will still be due. */
  private due(lives: readonly Live[]): boolean {
    if (lives.length === 0) return true;
    const applied = this.apply(
      lives.map(({ id }) => ({ id, event: (at) => ({ type: 'due', at }) })),
    );
    if (applied === 'unwritten') return false;
    if (applied === 'fault' && lives.length > 1) return lives.every((live) => this.due([live]));
    for (const { id, state, deadline } of lives) {
      const now = this.ledger.payments.get(id);
      if (now && now.state === state && now.deadline?.at === deadline?.at) this.snooze(now);
    }
    return true;
  }

  /** A deadline that came and changed nothing is a fault in the code, and no reason to spin. */
  private snooze(live: Live): void {
    this.world.log.error('a deadline without a consequence', {
      payment: live.id,
      state: live.state.kind,
    });
    const at = mono(this.world.clock.mono() + heartbeatMs);
    this.ledger.payments.set(live.id, { ...live, deadline: { at, lane: 'onTime' } });
  }
}
