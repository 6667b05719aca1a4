import type { Instant, Mono } from '../../shared/time.ts';
import type { TillView } from '../../shared/view.ts';
import type { ExchangeEnd } from '../ovo/types.ts';
import type { Operation } from '../payment/types.ts';

/** How far back the strip's figures look. */
const windowMs = 15 * 60_000;
/** More exchanges than a till makes in that time; the oldest go first. */
const keptMax = 2_000;

interface Beat {
  readonly at: Mono;
  readonly answered: boolean;
  /** Null for a push, which waits for the customer. */
  readonly tookMs: number | null;
}

/** How OVO answers this till: the last exchange, and the last quarter of an hour. */
export class Pulse {
  private beats: Beat[] = [];
  private lastBeat: TillView['connection'] = null;

  /** The last exchange, with the last round trip that did not wait for a customer. */
  get last(): TillView['connection'] {
    return this.lastBeat;
  }

  note(operation: Operation, end: ExchangeEnd, tookMs: number, at: Instant, now: Mono): void {
    // What the till itself gave up or held back says nothing about OVO.
    if (end.kind !== 'answer' && (end.reason === 'givenUp' || end.reason === 'gate')) return;
    const answered = end.kind === 'answer';
    const plain = answered && operation !== 'pushToPay' ? Math.round(tookMs) : null;
    this.lastBeat = {
      ok: answered,
      roundTripMs: answered ? (plain ?? this.lastBeat?.roundTripMs ?? null) : null,
      at,
    };
    this.beats = [...this.beats.slice(1 - keptMax), { at: now, answered, tookMs: plain }];
  }

  /** A connection was tried without a request: it says whether OVO is there, and not how it answers. */
  probed(ok: boolean, at: Instant): void {
    this.lastBeat = { ok, roundTripMs: ok ? (this.lastBeat?.roundTripMs ?? null) : null, at };
  }

  /** Null where OVO was not asked in the last 15 minutes. */
  lately(now: Mono): TillView['ovoToday'] {
    const recent = this.beats.filter(({ at }) => now - at <= windowMs);
    if (recent.length === 0) return null;
    const took = recent.map(({ tookMs }) => tookMs).filter((ms) => ms !== null);
    took.sort((a, b) => a - b);
    return {
      asked: recent.length,
      answered: recent.filter(({ answered }) => answered).length,
      medianMs: took[Math.floor(took.length / 2)] ?? null,
    };
  }
}
