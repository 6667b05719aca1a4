import { expect, test } from 'vitest';
import { en } from './en.ts';
import { hostNotices } from './host.ts';
import { messagesAtTheEnd, messagesUnderWay, sentencesByPlace } from './messages.ts';

const keysOf = (start: string) => Object.keys(en).filter((key) => key.startsWith(start));

test('each message says what it is, what it means and what to do', () => {
  for (const { says, means, todo } of [...messagesUnderWay(), ...messagesAtTheEnd()]) {
    expect(says).toMatch(/\w/);
    expect(means, says).toMatch(/^\p{Lu}.*\.$/u);
    expect(todo, says).toMatch(/^\p{Lu}.*\.$/u);
  }
});

test('every phase of a payment is told once', () => {
  const phases = keysOf('state.').map((key) => key.replace('state.', ''));
  // One line a reason for those that were not charged or need a person.
  const reasons = keysOf('attention.').length - 1;
  const notCharged = messagesAtTheEnd().length - reasons - 4;
  expect(messagesUnderWay().length + 4 + 1).toBe(phases.length);
  expect(notCharged).toBeGreaterThan(15);
});

test('every refusal, fault and trouble is told once, in its place, and so is what is asked', () => {
  const all = ['fault.', 'refusal.', 'trouble.'].flatMap(keysOf);
  const notices = Object.keys(hostNotices);
  expect(sentencesByPlace()).toHaveLength(all.length + 2 + notices.length);
  const said = sentencesByPlace().map(({ says }) => says);
  expect(said).toContain('Take it once more?');
  expect(said).toContainEqual(expect.stringMatching(/^The till has stopped\./));
});

test('no line breaks the table', () => {
  const texts = [...messagesUnderWay(), ...messagesAtTheEnd()].flatMap(({ says, means, todo }) => [
    says,
    means,
    todo,
  ]);
  for (const text of texts) expect(text).not.toMatch(/[|\n]/);
});
