import { beforeEach, expect, test } from 'vitest';
import { jakartaStamp } from '../../shared/time.ts';
import { ManualClock } from '../../test/support/manual-clock.ts';
import { type Books, openBooks } from './books.ts';
import { troubleWords } from './books-trouble.ts';
import { type Play, startPlay } from './play.ts';
import { storyOf } from './stories.ts';

let clock: ManualClock;
let books: Books;
/** How many of the next changes find the disk full. */
let fullFor: number;
let play: Play;

beforeEach(() => {
  clock = new ManualClock('2021-03-24T17:34:00+07:00');
  books = openBooks(null, clock.wall());
  fullFor = 0;
  play = started();
});

function diskFull(): never {
  throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
}

function started(): Play {
  const sometimesFull: Books = {
    ...books,
    change: (id, change) => {
      if (fullFor-- > 0) diskFull();
      books.change(id, change);
    },
  };
  return startPlay({ clock, books: sometimesFull, storyOf });
}

const body = {
  type: '0200',
  processingCode: '040000',
  date: jakartaStamp(new ManualClock('2021-03-24T17:34:00+07:00').wall()),
  tid: 'TRAIN001',
  mid: 'MID',
  merchantId: '1',
  storeCode: 'S1',
  appSource: 'POS',
  amount: 12_500,
  referenceNumber: '1',
  transactionRequestData: { batchNo: '240321', merchantInvoice: 'INV-1', phone: '081234560001' },
} as const;

/** Enters a payment that its customer approves after 3 s, and lists the codes that are answered. */
function begun(answersFullFor = 0): { readonly id: number; readonly answered: string[] } {
  const { batchNo, merchantInvoice: invoice, phone } = body.transactionRequestData;
  const id = books.addPayment({
    tid: body.tid,
    batchSent: JSON.stringify(batchNo),
    referenceSent: '"1"',
    batch: 240321,
    reference: 1,
    invoice,
    phone,
    amount: body.amount,
    pushDate: body.date,
    story: '0001',
    receivedAt: clock.wall(),
    state: 'pending',
    code: null,
    endedAt: null,
  });
  const answered: string[] = [];
  const reply = ({ code }: { code: string | null }) => {
    if (answersFullFor-- > 0) diskFull();
    answered.push(String(code));
  };
  play.begin(id, storyOf(phone), { body, answerType: '0210', reply });
  return { id, answered };
}

test('a full disk delays a story by a second at a time, and breaks nothing', () => {
  const { id, answered } = begun();
  fullFor = 2;
  clock.advance(4_999);
  expect(books.payment(id)?.state).toBe('pending');
  clock.advance(1);
  expect(books.payment(id)).toMatchObject({ state: 'charged', chargedAt: clock.wall() });
  expect(answered).toEqual(['00']);
});

test('a decision that is kept and its answer not yet: the answer follows, once', () => {
  const { id, answered } = begun(2);
  clock.advance(3_000);
  expect([books.payment(id)?.state, ...answered]).toEqual(['charged']);
  clock.advance(60_000);
  expect(answered).toEqual(['00']);
});

test('a choice on the phone page that cannot be kept is refused, and the customer may choose again', () => {
  const { id, answered } = begun();
  fullFor = 1;
  expect(() => play.decide(id, 'declines')).toThrow('full');
  expect(books.payment(id)?.state).toBe('pending');
  expect(play.decide(id, 'declines')).toBe(true);
  expect(answered).toEqual(['17']);
});

test('what happened while the simulator was away is entered when there is room again', () => {
  const { id } = begun();
  const chargedAt = clock.wall() + 3_000;
  play.close();
  clock.advance(10_000);
  fullFor = 1;
  play = started();
  expect(books.payment(id)?.state).toBe('pending');
  clock.advance(1_000);
  expect(books.payment(id)).toMatchObject({ state: 'charged', chargedAt });
});

test.each([
  ['SQLITE_FULL', 'the disk is full (SQLITE_FULL)'],
  ['ENOSPC', 'the disk is full (ENOSPC)'],
  ['SQLITE_READONLY_DBMOVED', 'the folder cannot be written to (SQLITE_READONLY_DBMOVED)'],
  ['SQLITE_BUSY', 'another program holds them locked (SQLITE_BUSY)'],
  ['SQLITE_IOERR_WRITE', 'the disk reports an error (SQLITE_IOERR_WRITE)'],
])('%s is told in words', (code, words) => {
  expect(troubleWords(Object.assign(new Error(), { code }))).toBe(words);
});
