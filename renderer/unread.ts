import type { Mono } from '../shared/time.ts';

/**
 * A screen that has just come is unread: an Enter in that moment was meant for the one before, or is
 * a second press of a hurried hand. It counts again after this time, or with the first text that is
 * typed into the new screen, so that neither a fast hand nor a scanner waits.
 */
export const unreadMs = 400;

let cameAt: Mono | null = null;
let hasText = false;

/** What Enter would do has changed: a screen, a question, or the step to a field that came filled in. */
export function screenCame(at: Mono, keepText: boolean): void {
  cameAt = at;
  if (!keepText) hasText = false;
}

/** Something was typed, pasted or scanned into the screen. */
export function textCame(): void {
  hasText = true;
}

/** Whether an Enter now was meant for another screen. */
export function isUnread(now: Mono): boolean {
  return cameAt !== null && !hasText && now - cameAt < unreadMs;
}
