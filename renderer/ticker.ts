import { useSyncExternalStore } from 'react';
import { type Mono, mono } from '../shared/time.ts';

/**
 * The page's only door to time: a monotonic clock, and a beat that makes countdowns draw again. The
 * beat decides nothing; what is left is worked out from what main sent (see countdown.ts).
 */
export function monotonicNow(): Mono {
  return mono(performance.now());
}

const beatMs = 200;
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
