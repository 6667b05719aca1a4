import type { Mono } from '../shared/time.ts';
import type { Countdown } from '../shared/view.ts';

export interface Left {
  /** Milliseconds left, never below zero. */
  readonly ms: number;
  /** Whole seconds as a person counts them: 55 … 1, and 0 only when it is over. */
  readonly seconds: number;
  /** From 1 (all of it left) down to 0. */
  readonly share: number;
}

/**
 * What is left of a countdown now. Main said how much was left when it made the view; this page
 * only takes off what its own monotonic clock has counted since the view came (rule 9's 55 s).
 */
export function leftNow(countdown: Countdown, receivedAt: Mono, now: Mono): Left {
  const ms = Math.max(0, countdown.leftMs - Math.max(0, now - receivedAt));
  const share = countdown.totalMs > 0 ? Math.min(1, ms / countdown.totalMs) : 0;
  return { ms, seconds: Math.ceil(ms / 1_000), share };
}

/**
 * `8 s`, `2 min 05 s`, `1 h 10 min`: a length of time for a person, rounded up. Its spaces do not
 * break: a unit alone at the beginning of a line says nothing.
 */
export function formatLeft(ms: number, language: 'en' | 'id'): string {
  const [second, hour] = language === 'id' ? ['dtk', 'jam'] : ['s', 'h'];
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  if (seconds < 100) return joined(seconds, second);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return joined(minutes, 'min', twoDigits(seconds % 60), second);
  return joined(Math.floor(minutes / 60), hour, twoDigits(minutes % 60), 'min');
}

const joined = (...parts: readonly (string | number)[]): string => parts.join('\u00a0');
const twoDigits = (count: number): string => String(count).padStart(2, '0');
