import { ask, headline, next, playing } from './cashier.ts';
import { expect, test } from './till.ts';
import type { TillProcess } from './till-process.ts';

// SIGKILL, as a power cut or a task manager does it. Till and simulator die together; what OVO would
// have done meanwhile stands in its books at the next start. The fixture compares the books.

test.use({ settings: { speed: 12 } });

const ends = (till: TillProcess) => ({
  till: till.ledgers()?.till.map(({ kind }) => kind),
  ovo: till.ledgers()?.ovo.map(({ state }) => state),
});

/** The screen says "confirms" once the push is on its way; OVO reads it a moment later. */
const arrived = (till: TillProcess, count: number) =>
  expect.poll(() => till.ledgers()?.ovo).toHaveLength(count);

test('rule 22: killed while the customer confirms, and charged meanwhile: paid', async ({
  tillPage,
  till,
}) => {
  await ask(tillPage, '12500', playing('0006'));
  await headline(tillPage, 'Customer confirms');
  await arrived(till, 1);
  await till.kill();
  await till.start();
  await headline(tillPage, 'Payment Success', 25_000);
  expect(ends(till)).toEqual({ till: ['paid'], ovo: ['charged'] });
});

test('rule 22: killed again before it was settled: paid once', async ({ tillPage, till }) => {
  await ask(tillPage, '12500', playing('0006'));
  await headline(tillPage, 'Customer confirms');
  await arrived(till, 1);
  for (let n = 0; n < 2; n += 1) {
    await till.kill();
    await till.start();
    await headline(tillPage, 'The till was interrupted');
  }
  await headline(tillPage, 'Payment Success', 25_000);
  expect(ends(till)).toEqual({ till: ['paid'], ovo: ['charged'] });
});

test('rules 13 and 22: killed while reversing: reversed, and never paid', async ({
  tillPage,
  till,
}) => {
  await ask(tillPage, '12500', playing('0019'));
  await headline(tillPage, 'Reversing');
  await till.kill();
  await till.start();
  await headline(tillPage, 'Not paid: reversed', 25_000);
  expect(ends(till)).toEqual({ till: ['reversed'], ovo: ['reversed'] });
});

test('rule 22: killed between a 25 and its second check: settled all the same', async ({
  tillPage,
  till,
}) => {
  await ask(tillPage, '1000', playing('0001'));
  await headline(tillPage, 'Payment Success');
  await next(tillPage);
  await ask(tillPage, '12500', playing('0020'));
  await headline(tillPage, 'OVO is asked once more');
  await till.kill();
  await till.start();
  await headline(tillPage, 'No payment was made', 25_000);
  expect(ends(till)).toEqual({ till: ['paid', 'notCharged'], ovo: ['charged', 'lost'] });
});

test('rules 15 and 22: two were under way; each comes to its own end', async ({
  tillPage,
  till,
}) => {
  await ask(tillPage, '12500', playing('0005'));
  await headline(tillPage, 'Customer confirms');
  await tillPage.keyboard.press('F2');
  await ask(tillPage, '34000', playing('0006'));
  await headline(tillPage, 'Customer confirms');
  await arrived(till, 2);
  await till.kill();
  await till.start();
  await expect
    .poll(() => ends(till), { timeout: 20_000 })
    .toEqual({ till: ['reversed', 'paid'], ovo: ['reversed', 'charged'] });
});

test.describe('before anything was sent', () => {
  test.use({ settings: { speed: 5 } });

  test('rule 22: killed during the phone check: nothing was sent, and the till says so', async ({
    tillPage,
    till,
  }) => {
    await ask(tillPage, '12500', playing('0031'));
    await headline(tillPage, 'Checking the number');
    await till.kill();
    await till.start();
    await headline(tillPage, 'The till stopped before sending: nothing was sent');
    expect(ends(till)).toEqual({ till: ['notCharged'], ovo: [] });
  });
});
