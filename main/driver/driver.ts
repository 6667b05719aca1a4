import { type Mono, mono } from '../../shared/time.ts';
import type { Order } from '../payment/begin.ts';
import { mayLeave } from '../payment/day.ts';
import type {
  AttemptNumber,
  Effect,
  ManagerNotice,
  Moment,
  Operation,
  PaymentEvent,
  PaymentId,
  PaymentState,
} from '../payment/types.ts';
import { StoreUnavailable } from '../store/errors.ts';
import { Ear } from './ear.ts';
import { Flights, type Landed } from './flights.ts';
import { Ledger } from './ledger.ts';
import { Pulse } from './pulse.ts';
import { Turns } from './turns.ts';
import { Watch } from './watch.ts';
import { type Advance, type Happening, isLive, type Live, type World } from './world.ts';

/** How long `written` may stay in memory: a restart counts anew anyway (rule 22). */
const saveLaterMs = 250;
const heartbeatMs = 1_000;
/** A till at rest looks this often whether OVO can be reached; one that cannot reach it, sooner. */
const probeEveryMs = 30_000;
const probeAgainMs = 10_000;
/** How much is done in one go before the event loop gets its turn. */
const batchMax = 20;

/**
 * Performs what the machine wants and tells it what happened; it decides nothing. One step is: write
 * the event, the new state and any request in one commit, then act (N2). What cannot be written is
 * kept and tried again; until then nothing is acted on.
 */
export class Driver {
  readonly watch: Watch;
  /** How OVO answers, for the strip. */
  readonly pulse = new Pulse();
  private readonly world: World;
  private readonly ledger: Ledger;
  private readonly flights: Flights;
  private readonly ear: Ear;
  private readonly turns = new Turns();
  private readonly listeners = new Set<(changed: PaymentId | null) => void>();
  private readonly notices = new Set<ManagerNotice>();
  /** What has happened and could not be written yet. */
  private readonly backlog: Happening[] = [];
  /** When events that are only in memory are written at the latest. */
  private saveBy: Mono | null = null;
  private beat: Mono;
  private probeAt: Mono;
  private callOff: (() => void) | null = null;
  private armQueued = false;
  private closed = false;
  /** The last reference of each batch that this run has let onto the wire. */
  private readonly lastOnWire = new Map<number, number>();
  private keptOffset: number;

  constructor(world: World) {
    this.world = world;
    this.keptOffset = Number(world.store.setting('ovoOffsetMs') ?? 0);
    this.watch = new Watch(world.clock, world.random, this.keptOffset);
    this.ledger = new Ledger(world, this.watch);
    this.ear = new Ear(world, this.ledger, this.watch, this.pulse);
    this.flights = new Flights(world, {
      mayWrite: (id, operation) => this.mayWrite(id, operation),
      written: (id, attempt) => this.written(id, attempt),
      ended: (landed) => this.ended(landed),
    });
    this.beat = mono(world.clock.mono() + heartbeatMs);
    this.probeAt = world.clock.mono();
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
  begin(order: Omit<Order, 'id' | 'terminal' | 'settings'>): PaymentId {
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
    // What was heard while the disk was away is written before the store is closed (L1).
    this.happen([]);
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
    if (live === undefined || !mayLeave(live.state, operation, this.moment())) return false;
    return operation !== 'pushToPay' || this.inOrder(live.state);
  }

  /**
   * On the wire numbers only rise (N1): a push whose connection came up after that of a later number
   * is not sent at all. It has not left, so nobody is charged.
   */
  private inOrder({ numbers }: PaymentState): boolean {
    if (numbers === null) return false;
    const { batch, reference } = numbers;
    const overtaken = reference < (this.lastOnWire.get(batch) ?? 0);
    if (!overtaken) this.lastOnWire.set(batch, reference);
    return !overtaken;
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

  private ended(landed: Landed): void {
    if (this.closed) return;
    this.look();
    const { id, attempt, end } = landed;
    this.turns.free(id, attempt);
    const event = this.ear.listen(landed);
    this.keepOffset();
    if (end.kind === 'answer') this.probeAt = mono(this.world.clock.mono() + probeEveryMs);
    this.happen([{ id, event, end: { attempt, end, at: this.world.clock.wall() } }]);
    this.armSoon();
  }

  /** Keeps the offset for the next run once it is more than a second from what is kept. */
  private keepOffset(): void {
    const { offsetMs } = this.watch;
    if (Math.abs(offsetMs - this.keptOffset) <= 1_000) return;
    this.ledger.reckonDeadlines();
    try {
      this.ledger.keepSetting('ovoOffsetMs', String(offsetMs));
      this.keptOffset = offsetMs;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  /** Is the disk back? Then what it could not take of the clocks is kept after all. */
  private tryDisk(): void {
    try {
      this.ledger.probe();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return;
    }
    this.keepOffset();
  }

  /* ——— time ——— */

  /** Looks at the clocks before anything else is done (rules 22, 26a). */
  private look(): void {
    const { resumed, jumpedMs } = this.watch.look();
    if (jumpedMs !== 0) {
      this.world.log.warn('the wall clock jumped', { jumpedMs });
      this.keepOffset();
      this.ledger.reckonDeadlines();
    }
    if (resumed) this.countAnew('the clocks');
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
    this.ledger.watchFile();
    if (this.storageFault !== null) this.tryDisk();
    if (now >= this.probeAt) this.lookForOvo(now);
    this.changed(null);
  }

  /** So that "no connection to OVO" is said before a customer's number is typed. */
  private lookForOvo(now: Mono): void {
    this.probeAt = mono(now + probeEveryMs);
    void this.world.wire.probe().then((reason) => {
      if (this.closed) return;
      this.pulse.probed(reason === null, this.world.clock.wall());
      if (reason !== null) this.probeAt = mono(this.world.clock.mono() + probeAgainMs);
      this.changed(null);
    });
  }

  /** Does what is due: all that must leave on time first, then whoever's turn it is. */
  private doDue(now: Mono): void {
    // What was heard while the disk was away comes first: it may make what is due needless, and wrong.
    this.happen([]);
    if (this.backlog.length > 0) return;
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
