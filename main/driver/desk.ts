import type { Refusal, StartResult } from '../../shared/ipc.ts';
import { formatRupiah, type Rupiah } from '../../shared/money.ts';
import type { Phone } from '../../shared/phone.ts';
import type { TillView, Trouble } from '../../shared/view.ts';
import { closedByHearsay, guardClosed } from '../payment/day.ts';
import { limits } from '../payment/limits.ts';
import { mayPayOtherwise } from '../payment/open.ts';
import type {
  Moment,
  PaymentEvent,
  PaymentId,
  PaymentRules,
  PaymentState,
  StateOf,
} from '../payment/types.ts';
import { NumbersExhausted, StoreUnavailable } from '../store/errors.ts';
import type { Store } from '../store/types.ts';
import type { Driver } from './driver.ts';
import { hasEnded, isFinal, paymentView } from './view.ts';

/** The terminal's particulars that the screens show and the desk minds. */
export interface DeskSettings {
  readonly environment: TillView['environment'];
  readonly storeCode: string;
  readonly tid: string;
  readonly minAmount: Rupiah;
  readonly maxAmount: Rupiah;
  readonly rules: PaymentRules;
  readonly language: TillView['language'];
  readonly trainingPhoneUrl: string | null;
}

/** A refusal on its way to the person who asked: a catalogue key, never an exception's text. */
export class Refused extends Error {
  override name = 'Refused';
  readonly refusal: Refusal;
  constructor(key: string, values: Refusal['values'] = {}) {
    super(key);
    this.refusal = { key: `refusal.${key}`, values };
  }
}

/** More under way at once than any till has; a limit so that a fault cannot fill the disk. */
const unfinishedMax = 2_000;
const recentMax = 12;
const trayMax = 50;
/** OVO's clock and the PC's further apart than this are shown as a trouble. */
const clockOffMs = 60_000;

/** What people at the till may do, and what they see. The money is the driver's and the machine's. */
export class Desk {
  private readonly driver: Driver;
  private readonly store: Store;
  private readonly settings: DeskSettings;
  private language: TillView['language'];
  private sound: boolean;
  private revision = 0;
  /** Payments of this terminal, newest first: read for the first view, then kept so that none costs a read. */
  private lately: PaymentState[] | null = null;
  /** What was paid in the last two minutes, however much else has happened since (rule 8a). */
  private paidLately: readonly StateOf<'paid'>[] = [];
  /** A payment brought to the screen from the last payments. */
  private shown: PaymentId | null = null;

  constructor(driver: Driver, store: Store, settings: DeskSettings) {
    this.driver = driver;
    this.store = store;
    this.settings = settings;
    const kept = store.setting('language');
    this.language = kept === 'en' || kept === 'id' ? kept : settings.language;
    this.sound = store.setting('sound') !== 'off';
    driver.onChange((id) => {
      if (id !== null) this.remember(id);
    });
  }

  /**
   * Starts a payment, unless a payment to this phone is not final (rule 8a), the same was paid a moment
   * ago and nobody has confirmed the repetition, or the till cannot take one now.
   * @throws Refused
   */
  start(amount: Rupiah, phone: Phone, confirmRepeat: boolean): StartResult {
    this.refuseIfUnable(amount);
    const open = this.openWith(phone);
    if (open !== null) return { kind: 'stillOpen', id: open };
    const paidAt = confirmRepeat ? null : this.paidJustNow(amount, phone);
    if (paidAt !== null) return { kind: 'confirmRepeat', paidAt };
    this.leaveFront();
    try {
      const id = this.driver.begin({ amount, phone, rules: this.settings.rules });
      return { kind: 'started', id };
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /** What "Try again" fills in; only for what is on the screen, so that no page can ask its way through the books. @throws Refused */
  again(id: PaymentId): { readonly amount: Rupiah; readonly phone: Phone } {
    const { kind, amount, phone } = this.find(id);
    this.expectThat((kind === 'notCharged' || kind === 'reversed') && this.front()?.id === id);
    return { amount, phone };
  }

  /** @throws Refused */
  goOn(id: PaymentId): void {
    this.expect(id, 'phoneUnchecked');
    // The brake holds again: another till screen cannot have started one, but a restart can.
    this.tell(id, (at) => ({ type: 'wentOn', at }));
  }

  /** @throws Refused */
  cancel(id: PaymentId): void {
    this.expect(id, 'phoneUnchecked');
    this.tell(id, (at) => ({ type: 'cancelled', at }));
  }

  /** The payment goes on by itself in the tray. @throws Refused */
  setAside(id: PaymentId): void {
    const state = this.find(id);
    if (hasEnded(state)) throw new Refused('notNow');
    this.tell(id, (at) => ({ type: 'setAside', at }));
    if (this.shown === id) this.shown = null;
  }

  /** Puts a payment on the screen; the one that was there goes to the tray if it is unfinished. @throws Refused */
  show(id: PaymentId): void {
    this.find(id);
    this.leaveFront();
    this.shown = id;
    if (this.driver.get(id)?.state.setAside) this.tell(id, (at) => ({ type: 'broughtBack', at }));
  }

  /** @throws Refused */
  seen(id: PaymentId): void {
    const state = this.find(id);
    if (!hasEnded(state)) throw new Refused('notNow');
    if (this.shown === id) this.shown = null;
    if (this.driver.get(id)) this.tell(id, (at) => ({ type: 'seen', at }));
  }

  /** @throws Refused */
  paidOtherwise(id: PaymentId): void {
    this.expectThat(mayPayOtherwise(this.find(id)));
    this.tell(id, (at) => ({ type: 'paidOtherwise', at }));
  }

  /** @throws Refused */
  setLanguage(language: TillView['language']): void {
    this.keep('language', language);
    this.language = language;
  }

  /** @throws Refused */
  setSound(on: boolean): void {
    this.keep('sound', on ? 'on' : 'off');
    this.sound = on;
  }

  private keep(name: string, value: string): void {
    try {
      this.store.commit(() => this.store.setSetting(name, value));
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /** The whole view as of now. Each has a higher revision than the one before. */
  view(): TillView {
    const at = this.driver.moment();
    const { environment, storeCode, tid, minAmount, maxAmount, trainingPhoneUrl } = this.settings;
    const front = this.front();
    const states = this.states();
    const tray = states.filter((state) => state.id !== front?.id && belongsInTray(state));
    this.revision += 1;
    return {
      revision: this.revision,
      language: this.language,
      environment,
      trainingPhoneUrl,
      storeCode,
      tid,
      minAmount,
      maxAmount,
      now: at.wall,
      clockOffsetMs: at.heard ? at.offsetMs : null,
      connection: this.driver.pulse.last,
      ovoToday: this.driver.pulse.lately(at.mono),
      sound: this.sound,
      unfinished: states.filter((state) => !hasEnded(state)).length,
      front: front === null ? null : paymentView(front, at),
      tray: tray.slice(0, trayMax).map((state) => paymentView(state, at)),
      recent: this.recent.map((state) => paymentView(state, at)),
      troubles: this.troubles(at),
    };
  }

  private refuseIfUnable(amount: Rupiah): void {
    const { minAmount, maxAmount, rules } = this.settings;
    if (this.driver.storageFault !== null) throw new Refused('storageTrouble');
    const at = this.driver.moment();
    // An offset that only an earlier run knows is first put to OVO; the machine judges by the answer.
    if (guardClosed(at, rules.midnightGuardMs) && !closedByHearsay(at, rules.midnightGuardMs))
      throw new Refused('midnightGuard');
    if (amount < minAmount)
      throw new Refused('amountBelowMinimum', { minimum: formatRupiah(minAmount) });
    if (amount > maxAmount)
      throw new Refused('amountAboveMaximum', { maximum: formatRupiah(maxAmount) });
    if (this.states().filter((state) => !hasEnded(state)).length >= unfinishedMax)
      throw new Refused('tooManyPayments');
  }

  /** The brake of rule 8a: the payment to this phone that is not final, if there is one. */
  private openWith(phone: Phone): PaymentId | null {
    return this.states().find((state) => state.phone === phone && !isFinal(state))?.id ?? null;
  }

  /** When the same amount from the same phone was paid, if that is less than two minutes ago. */
  private paidJustNow(amount: Rupiah, phone: Phone): number | null {
    if (this.recent.length === 0) return null;
    const { wall } = this.driver.moment();
    const twin = this.paidLately.find(
      (state) =>
        state.phone === phone &&
        state.amount === amount &&
        Math.abs(wall - state.paidAt) < limits.repeatMs,
    );
    return twin?.paidAt ?? null;
  }

  /** What is on the screen: what was asked for, else the newest that was neither set aside nor seen. */
  private front(): PaymentState | null {
    if (this.shown !== null) {
      const shown =
        this.driver.get(this.shown)?.state ?? this.store.payment(this.shown)?.state ?? null;
      if (shown !== null) return shown;
    }
    const wanting = this.states().filter(
      (state) => !state.setAside && !(hasEnded(state) && state.seen),
    );
    return wanting.at(-1) ?? null;
  }

  /**
   * The screen turns to something else, and what was on it goes to the tray. That it has ended is for
   * a person to have seen: it may have done so between the last picture and the key.
   */
  private leaveFront(): void {
    const front = this.front();
    this.shown = null;
    if (front === null || front.seen || !this.driver.get(front.id)) return;
    this.tell(front.id, (at) => ({ type: 'setAside', at }));
  }

  private states(): readonly PaymentState[] {
    return [...this.driver.all()].map(({ state }) => state).sort((a, b) => a.id - b.id);
  }

  private get recent(): readonly PaymentState[] {
    if (this.lately === null) {
      this.lately = this.store.recent(recentMax).map(({ state }) => state);
      for (const state of this.lately) if (state.kind === 'paid') this.rememberPaid(state);
    }
    return this.lately;
  }

  private rememberPaid(state: StateOf<'paid'>): void {
    const { wall } = this.driver.moment();
    const others = this.paidLately.filter(
      ({ id, paidAt }) => id !== state.id && Math.abs(wall - paidAt) < limits.repeatMs,
    );
    this.paidLately = [...others, state];
  }

  private remember(id: PaymentId): void {
    const state = this.driver.get(id)?.state;
    if (state?.kind === 'paid') this.rememberPaid(state);
    if (state === undefined || this.lately === null) return;
    const index = this.lately.findIndex((known) => known.id === id);
    if (index >= 0) this.lately[index] = state;
    else if (this.lately.every((known) => known.id < id))
      this.lately = [state, ...this.lately].slice(0, recentMax);
  }

  private troubles(at: Moment): Trouble[] {
    const { storageFault, managerNotices } = this.driver;
    const connection = this.driver.pulse.last;
    const found: Trouble[] = [];
    const tell = (key: string, weight: Trouble['weight'], values: Trouble['values'] = {}) =>
      found.push({ key: `trouble.${key}`, values, weight });
    if (storageFault !== null) tell(storageFault.reason, 'refuses');
    const { midnightGuardMs } = this.settings.rules;
    if (guardClosed(at, midnightGuardMs) && !closedByHearsay(at, midnightGuardMs))
      tell('midnightGuard', 'refuses');
    if (connection !== null && !connection.ok) tell('noConnection', 'tells');
    if (Math.abs(at.offsetMs) > clockOffMs)
      tell('clockOff', 'tells', { seconds: Math.round(Math.abs(at.offsetMs) / 1_000) });
    if (this.store.recordsMayBeMissing) tell('recordsMayBeMissing', 'tells');
    for (const notice of managerNotices) tell(notice, 'tells');
    return found;
  }

  private find(id: PaymentId): PaymentState {
    const state = this.driver.get(id)?.state ?? this.store.payment(id)?.state;
    if (state === undefined) throw new Refused('noSuchPayment');
    return state;
  }

  private expectThat(holds: boolean): void {
    if (!holds) throw new Refused('notNow');
  }

  private expect(id: PaymentId, kind: PaymentState['kind']): void {
    if (this.find(id).kind !== kind) throw new Refused('notNow');
  }

  private tell(id: PaymentId, event: (at: Moment) => PaymentEvent): void {
    try {
      this.driver.tell(id, event);
    } catch (error) {
      throw refusalOf(error);
    }
  }
}

/** In doubt, set aside, for a person to decide, or ended behind the cashier's back. */
function belongsInTray(state: PaymentState): boolean {
  return !hasEnded(state) || state.kind === 'needsAttention' || !state.seen;
}

function refusalOf(error: unknown): unknown {
  if (error instanceof StoreUnavailable) return new Refused('storageTrouble');
  if (error instanceof NumbersExhausted) return new Refused('numbersExhausted');
  return error;
}
