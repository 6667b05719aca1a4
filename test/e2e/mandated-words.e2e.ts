import { ask, byHand, headline, playing } from './cashier.ts';
import { expect, test } from './till.ts';

// The sentences that OVO mandates stand here once more, typed from its guidance: a slip in the
// catalogue must not go by because a test reads the same catalogue.

test.use({ settings: { speed: 10 } });

const endings: readonly [rc: string, digits: string, words: string][] = [
  ['00', '0001', 'Payment Success'],
  ['14 in the phone check', '0003', 'Phone Number not registered in OVO System'],
  ['17', '0002', 'Payment Canceled By User'],
  ['26', '0004', 'Failed Push notif to users, please ensure user login to OVO app first'],
];
for (const [rc, digits, words] of endings) {
  test(`mandated, ${rc}: "${words}"`, async ({ tillPage, till }) => {
    await ask(tillPage, '12500', playing(digits));
    await headline(tillPage, words);
    await expect
      .poll(() => till.ledgers()?.till.map(({ kind }) => kind))
      .toEqual([rc === '00' ? 'paid' : 'notCharged']);
  });
}

test.describe('without the phone check', () => {
  test.use({ settings: { speed: 10, profile: { phoneCheck: false } } });

  test('mandated, 14 on the push: "Phone Number not Registered on OVO Apps"', async ({
    tillPage,
    till,
  }) => {
    await ask(tillPage, '12500', playing('0003'));
    await headline(tillPage, 'Phone Number not Registered on OVO Apps');
    expect(till.ledgers()?.messages.map(({ operation }) => operation)).toEqual(['pushToPay']);
  });
});

test('mandated: the instruction beside the phone, and the one while the customer confirms', async ({
  tillPage,
}) => {
  await expect(tillPage.locator('#phone-hint')).toHaveText(
    'Enter Your Registered Phone Number in the OVO Application with 08xxx format',
  );
  await ask(tillPage, '12500', byHand);
  await expect(tillPage.locator('.instruction')).toHaveText(
    'Open your OVO Application and click the bell icon to complete the payment and make sure you complete the payment with a specified time to avoid transaction timeout',
  );
});

test.describe('without an answer', () => {
  test.use({ settings: { speed: 20 } });

  test('mandated: "Transaction Timeout", and beneath it that no 0210 came', async ({
    tillPage,
  }) => {
    // Three reversals go unanswered: time enough to read the screen before the end as well.
    await ask(tillPage, '12500', playing('0019'));
    for (const words of ['Reversing', 'Not paid: reversed']) {
      await headline(tillPage, words);
      await expect(tillPage.locator('.says .why')).toHaveText('Transaction Timeout');
      await expect(tillPage.locator('.says .why + .small')).toHaveText(
        'not receiving response type 0210 from OVO',
      );
    }
  });

  test('mandated: it is a timeout too when a status check has answered something', async ({
    tillPage,
  }) => {
    await ask(tillPage, '12500', playing('0005'));
    await headline(tillPage, 'Not paid: reversed');
    await expect(tillPage.locator('.says')).toContainText('Transaction Timeout');
    await expect(tillPage.locator('.says')).toContainText(
      'not receiving response type 0210 from OVO',
    );
  });
});

test.describe('in Bahasa Indonesia', () => {
  test.use({ settings: { speed: 10, profile: { language: 'id' } } });

  test('mandated words stay as they are, with an Indonesian line beneath', async ({ tillPage }) => {
    await ask(tillPage, '12500', playing('0001'));
    const title = tillPage.locator('#headline');
    await expect(title.locator('span').first()).toHaveText('Payment Success', { timeout: 15_000 });
    await expect(title.locator('.beneath')).toHaveText(/\w/);
  });
});
