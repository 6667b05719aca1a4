import { useSyncExternalStore } from 'react';
import type { Mono } from '../shared/time.ts';
import { mono } from '../shared/time-text.ts';

/**
 * The page's only door to time: a monotonic clock, and a beat that makes countdowns draw again. The
 * beat decides nothing; what is left is worked out from what main sent (see countdown.ts).
 */
export function monotonicNow(): Mono {
  return mono(performance.now());
}

/** Often enough for a ring that moves, seldom enough for the processor of a shop's oldest PC. */
const beatMs = 250;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let lastBeat = monotonicNow();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(beat, beatMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

function beat(): void {
  lastBeat = monotonicNow();
  for (const listener of listeners) listener();
}

/** The time of the last beat, for components that show a countdown. */
export function useBeat(): Mono {
  return useSyncExternalStore(
    subscribe,
    () => lastBeat,
    () => lastBeat,
  );
}

const watchMs = 1_000;
/** A watch this late, or clocks this far apart, means that the machine slept or the page stood still. */
const lateMs = 2_000;

/**
 * Calls back whenever this page can have missed something: it is shown again after it was hidden,
 * or a watch came so late that the machine must have slept. The monotonic clock of some systems
 * stands still in sleep, so the wall clock is looked at beside it. Returns a function that ends it.
 */
export function onWake(call: () => void): () => void {
  let mono = performance.now();
  let wall = Date.now();
  const look = (): void => {
    const passed = performance.now() - mono;
    const apart = Math.abs(Date.now() - wall - passed);
    mono = performance.now();
    wall = Date.now();
    if (passed > watchMs + lateMs || apart > lateMs) call();
  };
  const shown = (): void => {
    if (document.visibilityState === 'visible') call();
  };
  const watch = setInterval(look, watchMs);
  document.addEventListener('visibilitychange', shown);
  window.addEventListener('pageshow', shown);
  return () => {
    clearInterval(watch);
    document.removeEventListener('visibilitychange', shown);
    window.removeEventListener('pageshow', shown);
  };
}
