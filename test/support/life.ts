import { expect, test } from 'vitest';
import { ordered } from '../../main/payment/begin.ts';
import { deadlineOf } from '../../main/payment/deadline.ts';
import { flights } from '../../main/payment/moves.ts';
import { step } from '../../main/payment/step.ts';
import type {
  Answer,
  AttemptNumber,
  BatchNumber,
  Effect,
  Moment,
  NeverSentReason,
  Numbers,
  Operation,
  PaymentEvent,
  PaymentId,
  PaymentRules,
  PaymentState,
  ReferenceNumber,
} from '../../main/payment/types.ts';
import { Rupiah } from '../../shared/money.ts';
import { Phone } from '../../shared/phone.ts';
import { instantInDay, JakartaDay, mono } from '../../shared/time.ts';

/*
 * A payment's life told as a timeline, one line an event:
 *
 *   <seconds>  <event>  -> <effects>, <state>
 *
 * `due` must come at the very second that the state named as its deadline (`due turn` if it is one
 * that waits for its turn), and no line may pass over a deadline. Effects are matched whole; those
 * that only close sockets are left out unless a line names one.
 */

export interface Setting {
  readonly rules?: Partial<Omit<PaymentRules, 'statusCheck'>> & {
    readonly statusCheck?: Partial<PaymentRules['statusCheck']>;
  };
  /** Jakarta wall time at second 0. */
  readonly at?: string;
  /** OVO's clock minus the PC's, in seconds. */
  readonly offset?: number;
  readonly trusted?: boolean;
  readonly heard?: boolean;
}

const day = JakartaDay.parse('2021-03-24');

export const usualRules: PaymentRules = {
  phoneCheck: false,
  statusCheck: { enabled: true, onApproved: 'accept', onApprovedLate: 'reverse' },
  reverseOnNotFound: false,
  notFoundFinalAfterMs: 130_000,
  midnightGuardMs: 86_160_000,
};

export const someTerminal = {
  terminal: {
    merchantId: '000001',
    storeCode: 'STORE042',
    tid: '10000042',
    mid: '100000000000042',
  },
  settings: 'present-settings',
};

export const someNumbers: Numbers = {
  batch: 240_321 as BatchNumber,
  reference: 1 as ReferenceNumber,
  batchText: '240321',
  referenceText: '1',
  asNumber: false,
  invoice: 'TRAIN001-210324100000-ABCDEFGHIJKLM',
};

/** One test: the rule it tells, its settings, and what happens. */
export function life(name: string, setting: Setting | string, timeline?: string): void {
  const [given, story] = typeof setting === 'string' ? [{}, setting] : [setting, timeline ?? ''];
  test(name, () => {
    const teller = new Teller(given);
    for (const line of story.split('\n').filter((text) => text.trim() !== ''))
      teller.tell(line.trim());
    teller.end();
  });
}

class Teller {
  state: PaymentState;
  private readonly setting: Setting;
  private now = 0;
  private wallShift = 0;
  private offset: number;
  private heard: boolean;
  private trusted: boolean;
  private readonly attempts = new Map<Operation, AttemptNumber>();
  private lines = 0;

  constructor(setting: Setting) {
    this.setting = setting;
    this.offset = (setting.offset ?? 0) * 1_000;
    this.heard = setting.heard ?? true;
    this.trusted = setting.trusted ?? true;
    const rules: PaymentRules = {
      ...usualRules,
      ...setting.rules,
      statusCheck: { ...usualRules.statusCheck, ...setting.rules?.statusCheck },
    };
    this.state = ordered(
      {
        id: 1 as PaymentId,
        amount: Rupiah.parse(12_500),
        phone: Phone.parse('081234567890'),
        rules,
        ...someTerminal,
      },
      this.moment(),
    );
  }

  tell(line: string): void {
    const [, seconds, happening = '', expected = ''] =
      /^([\d.]+)\s+(.*?)\s*->\s*(.*)$/.exec(line) ?? [];
    if (seconds === undefined) throw new Error(`not a line of a life: ${line}`);
    this.lines += 1;
    this.move(Number(seconds), happening, line);
    if (this.world(happening)) {
      this.check(expected, [], line);
      return;
    }
    const effects: Effect[] = [];
    let event: PaymentEvent | null = this.event(happening);
    while (event !== null) {
      const result = step(this.state, event);
      this.state = result.state;
      for (const effect of result.effects)
        if (effect.type === 'send') this.attempts.set(effect.operation, effect.attempt);
      // A test's number is always there to be taken, unless it says otherwise.
      const takes = result.effects.some(({ type }) => type === 'takeNumber');
      effects.push(...result.effects.filter(({ type }) => type !== 'takeNumber'));
      event = takes ? { type: 'numbered', at: this.moment(), numbers: someNumbers } : null;
    }
    this.check(expected, effects, line);
  }

  end(): void {
    expect(this.lines, 'a life has lines').toBeGreaterThan(1);
  }

  private move(seconds: number, happening: string, line: string): void {
    const deadline = deadlineOf(this.state, this.moment());
    const ms = Math.round(seconds * 1_000);
    if (happening.startsWith('due') && deadline) {
      expect(`${deadline.at / 1_000} ${deadline.lane}`, `the deadline before: ${line}`).toBe(
        `${seconds} ${happening === 'due turn' ? 'turn' : 'onTime'}`,
      );
    } else if (
      deadline &&
      this.state.kind !== 'numbering' &&
      !/^(restart|resume|late)/.test(happening)
    ) {
      expect(deadline.at, `no deadline is passed over before: ${line}`).toBeGreaterThanOrEqual(ms);
    }
    this.now = ms;
  }

  private moment(): Moment {
    const [hours = 0, minutes = 0, seconds = 0] = (this.setting.at ?? '10:00:00')
      .split(':')
      .map(Number);
    const start = instantInDay(day, ((hours * 60 + minutes) * 60 + seconds) * 1_000);
    return {
      mono: mono(this.now),
      wall: (start + this.now + this.wallShift) as Moment['wall'],
      offsetMs: this.offset,
      heard: this.heard,
      notFoundTrusted: this.trusted,
      roll: 1 - 2 ** -20,
    };
  }

  /** Things that happen to the world rather than to the payment. */
  private world(happening: string): boolean {
    if (happening === 'OVO is heard') this.heard = true;
    else if (happening === 'checks are proven') this.trusted = true;
    else if (happening.startsWith('wall jumps ')) {
      const ms = Number(happening.slice(11)) * 1_000;
      this.wallShift += ms;
      this.offset -= Math.min(0, ms);
    } else return false;
    return true;
  }

  private event(happening: string): PaymentEvent {
    const at = this.moment();
    const [first = '', second = '', ...rest] = happening.split(' ');
    switch (first) {
      case 'starts':
        return { type: 'started', at };
      case 'written':
        return { type: 'written', at, attempt: this.attempt('pushToPay') };
      case 'due':
      case 'late':
        return { type: 'due', at };
      case 'restart':
        this.heard = false;
        return { type: 'restarted', at: this.moment() };
      case 'resume':
        return { type: 'resumed', at };
      case 'cashier':
        if (second === 'pays-otherwise') return { type: 'paidOtherwise', at };
        if (second === 'sets-aside') return { type: 'setAside', at };
        return { type: second === 'goes-on' ? 'wentOn' : 'cancelled', at };
      case 'manager':
        return {
          type: 'resolved',
          at,
          as: second === 'charged' ? 'charged' : 'notCharged',
          by: 'Sari',
          reason: 'asked OVO',
        };
      case 'push':
        return this.spoken('pushToPay', second, rest, at);
      case 'check':
        return this.spoken('statusCheck', second, rest, at);
      case 'reversal':
        return this.spoken('reversal', second, rest, at);
      case 'phone':
        return this.spoken('phoneCheck', second, rest, at);
      default:
        throw new Error(`no such event: ${happening}`);
    }
  }

  private spoken(
    operation: Operation,
    word: string,
    rest: readonly string[],
    at: Moment,
  ): PaymentEvent {
    const attempt = this.attempt(operation);
    if (word === 'lost') return { type: 'noAnswer', at, attempt, reason: 'connectionLost' };
    if (word === 'silent') return { type: 'noAnswer', at, attempt, reason: 'timeout' };
    if (word === 'never')
      return { type: 'neverSent', at, attempt, reason: (rest[0] ?? 'refused') as NeverSentReason };
    return { type: 'answered', at, attempt, operation, answer: answer(word, rest) };
  }

  private attempt(operation: Operation): AttemptNumber {
    return this.attempts.get(operation) ?? (0 as AttemptNumber);
  }

  private check(expected: string, effects: readonly Effect[], line: string): void {
    const wanted = expected.split(',').map((part) => part.trim());
    const named = wanted.some((part) => part.startsWith('close'));
    const seen = effects.filter(({ type }) => named || type !== 'giveUp').map(effectWord);
    expect([...seen, stateWord(this.state)].join(', '), line).toBe(wanted.join(', '));
    for (const flight of flights(this.state))
      expect(flight.attempt).toBeLessThanOrEqual(this.state.attempts);
  }
}

function answer(word: string, marks: readonly string[]): Answer {
  if (word === 'unreadable') return { kind: 'unreadable', why: 'notJson' };
  if (word === 'not-ours') return { kind: 'notOurs', differs: ['referenceNumber'] };
  if (word === 'another') return { kind: 'anotherPayment', differs: ['merchantInvoice'] };
  const names = {
    invoice: !marks.includes('no-invoice'),
    amount: true,
    phone: !marks.includes('no-phone'),
  };
  const seenBefore = marks.includes('seen-before');
  return {
    kind: 'believed',
    code: word,
    names,
    approvalCode: '410315',
    traceNumber: '3451',
    seenBefore,
  };
}

function effectWord(effect: Effect): string {
  switch (effect.type) {
    case 'send':
      return `send ${effect.operation}`;
    case 'giveUp':
      return 'close';
    case 'trustNotFound':
      return 'trust';
    case 'tellManager':
      return `tell ${effect.notice}`;
    case 'takeNumber':
      return 'take number';
  }
}

function stateWord(state: PaymentState): string {
  if (state.kind === 'notCharged') return `not charged: ${state.reason}`;
  if (state.kind === 'needsAttention') return `needs attention: ${state.reason}`;
  return state.kind;
}
