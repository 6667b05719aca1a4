import { ask, headline, next, playing } from './cashier.ts';
import { type Ledgers, secondsAfterPush } from './ledgers.ts';
import { expect, test } from './till.ts';
import type { TillProcess } from './till-process.ts';

// Times are read from the till's database, in the till's own time: a screen would show them too late.
// On a busy machine a real hundredth of a second is a sixth of one here, so only the early side is
// exact; the late side (T1) is measured to the millisecond in test/integration.

test.use({ settings: { speed: 16 } });

/** The books, once the till's payments have come to these ends. */
async function settled(till: TillProcess, ...kinds: readonly string[]): Promise<Ledgers> {
  await expect.poll(() => till.ledgers()?.till.map(({ kind }) => kind)).toEqual(kinds);
  const books = till.ledgers();
  if (books === null) throw new Error('no books');
  return books;
}

function between(seconds: number | undefined, from: number, to: number): void {
  expect(seconds).toBeGreaterThanOrEqual(from);
  expect(seconds).toBeLessThan(to);
}

test('rules 12 and 13: silence is checked at 62 s and reversed at 65 s', async ({
  tillPage,
  till,
}) => {
  await ask(tillPage, '12500', playing('0005'));
  await headline(tillPage, 'Customer confirms');
  await headline(tillPage, 'Not paid: reversed');
  const books = await settled(till, 'reversed');
  const [check, ...moreChecks] = secondsAfterPush(books, 1, 'statusCheck');
  const [reversal, ...moreReversals] = secondsAfterPush(books, 1, 'reversal');
  between(check, 62, 65);
  between(reversal, 65, 70);
  expect([moreChecks, moreReversals]).toEqual([[], []]);
  expect(books.ovo.map(({ state }) => state)).toEqual(['reversed']);
});

test('rule 12: 25 is no end, OVO is asked again at 130 s, and then it was not charged', async ({
  tillPage,
  till,
}) => {
  // Rule 12b: "not found" is believed only once a check has found a paid payment.
  await ask(tillPage, '1000', playing('0001'));
  await headline(tillPage, 'Payment Success');
  await next(tillPage);
  await ask(tillPage, '12500', playing('0020'));
  await headline(tillPage, 'OVO is asked once more');
  await expect(tillPage.locator('.truth')).toHaveText('Nothing has been charged so far.');
  await headline(tillPage, 'No payment was made');
  const books = await settled(till, 'paid', 'notCharged');
  const [first, second, ...more] = secondsAfterPush(books, 2, 'statusCheck');
  between(first, 62, 65);
  between(second, 130, 140);
  expect(more).toEqual([]);
  expect(secondsAfterPush(books, 2, 'reversal')).toEqual([]);
  expect(secondsAfterPush(books, 1, 'statusCheck')).toHaveLength(1);
});

test('rule 12b: before that proof a 25 counts as no answer, and the payment is reversed', async ({
  tillPage,
  till,
}) => {
  await ask(tillPage, '12500', playing('0020'));
  await headline(tillPage, 'Reversing');
  const books = till.ledgers();
  between(books ? secondsAfterPush(books, 1, 'reversal')[0] : undefined, 65, 70);
});

test.describe('the customer approves after OVO has said 25', () => {
  // At 62 s OVO has not received the push, at 63 s it has: the till must not be a second late.
  test.use({ settings: { speed: 6 } });

  test('rule 12: the check at 130 s finds it, and it is paid', async ({ tillPage, till }) => {
    await ask(tillPage, '1000', playing('0001'));
    await headline(tillPage, 'Payment Success');
    await next(tillPage);
    await ask(tillPage, '12500', playing('0021'));
    await headline(tillPage, 'OVO is asked once more', 20_000);
    await headline(tillPage, 'Payment Success', 20_000);
    const books = await settled(till, 'paid', 'paid');
    expect(secondsAfterPush(books, 2, 'reversal')).toEqual([]);
  });

  test('trace 24: paid another way meanwhile, it is reversed and not charged twice', async ({
    tillPage,
    till,
  }) => {
    await ask(tillPage, '1000', playing('0001'));
    await headline(tillPage, 'Payment Success');
    await next(tillPage);
    await ask(tillPage, '12500', playing('0021'));
    await headline(tillPage, 'OVO is asked once more', 20_000);
    await tillPage.keyboard.press('p');
    await headline(tillPage, 'Not paid: reversed', 20_000);
    const books = await settled(till, 'paid', 'reversed');
    expect(books.ovo.map(({ state }) => state)).toEqual(['charged', 'reversed']);
  });
});

test('rule 9a: OVO refuses the connection; nothing was sent, and the screen says so', async ({
  tillPage,
  till,
}) => {
  await ask(tillPage, '12500', playing('0018'));
  await headline(tillPage, 'No connection to OVO');
  await expect(tillPage.locator('.says')).toContainText('The customer has not been charged.');
  await expect(tillPage.locator('.says')).toContainText('Nothing was sent.');
  await expect(tillPage.locator('.troubles')).toContainText('OVO cannot be reached');
  const books = await settled(till, 'notCharged');
  expect(books.ovo).toEqual([]);
  expect(books.messages.map(({ operation }) => operation)).toEqual(['phoneCheck']);
});

test('rules 10 and 12: answers that are wrong decide nothing; the check finds the payments paid', async ({
  tillPage,
  till,
}) => {
  // HTML, a wrong reference, ten megabytes, another payment's answer, a connection closed.
  const odd = ['0012', '0013', '0024', '0026', '0030'];
  for (const [n, digits] of odd.entries()) {
    await ask(tillPage, String(10_000 + n), playing(digits));
    await headline(tillPage, 'Customer confirms');
    await tillPage.keyboard.press('F2');
  }
  const books = await settled(till, ...odd.map(() => 'paid'));
  for (const { id } of books.till) {
    between(secondsAfterPush(books, id, 'statusCheck')[0], 62, 65);
    expect(secondsAfterPush(books, id, 'reversal')).toEqual([]);
  }
});
