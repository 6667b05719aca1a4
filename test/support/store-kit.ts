import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterEach } from 'vitest';
import type { OutgoingRequest } from '../../main/ovo/types.ts';
import { ordered } from '../../main/payment/begin.ts';
import type {
  AttemptNumber,
  Moment,
  Numbers,
  PaymentEvent,
  PaymentId,
  PaymentState,
} from '../../main/payment/types.ts';
import { openStoreOver, type StoreOptions } from '../../main/store/store.ts';
import type { Store } from '../../main/store/types.ts';
import { Rupiah } from '../../shared/money.ts';
import { Phone } from '../../shared/phone.ts';
import { instant, instantInDay, JakartaDay, mono } from '../../shared/time.ts';
import { someTerminal, usualRules } from './life.ts';

/** Stores on real files in folders that are gone after the test. */

export const today = JakartaDay.parse('2021-03-24');
export const noon = instantInDay(today, 12 * 3_600_000);
export const day = (text: string): JakartaDay => JakartaDay.parse(text);
/** 13 characters of base 32: 65 bits. */
export const token = 'ABCDEFGHJKLMN';
export const terminal = { environment: 'training', merchantId: '000001', tid: '10000042' } as const;

const folders: string[] = [];
const open: Database[] = [];

afterEach(() => {
  for (const database of open.splice(0)) if (database.open) database.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gerai-store-'));
  folders.push(folder);
  return folder;
}

/** The folder as it would be found had the process been killed now; the store stays open. */
export function killedCopy(folder: string): string {
  const copy = newFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

export function openIn(
  directory: string,
  options: Partial<StoreOptions> = {},
): { store: Store; database: Database } {
  const opened = openStoreOver({
    directory,
    terminal,
    numbering: { numbering: 'date', numberFormat: 'unpadded-text' },
    clock: { wall: () => noon },
    version: 'test',
    ...options,
  });
  open.push(opened.database);
  return opened;
}

export const dateMode: Partial<StoreOptions> = {
  numbering: { numbering: 'date', numberFormat: 'unpadded-text' },
};
export const sequenceMode: Partial<StoreOptions> = {
  numbering: { numbering: 'sequence', numberFormat: 'unpadded-text' },
};

/** Takes the next number of a day in a commit of its own. */
export function take(store: Store, on: JakartaDay = today): Numbers {
  return store.commit(() => store.takeNumber(on, instantInDay(on, 0), token));
}

/** `batch/reference` as sent. */
export function takeText(store: Store, on: JakartaDay = today): string {
  const numbers = take(store, on);
  return `${numbers.batchText}/${numbers.referenceText}`;
}

export const moment: Moment = {
  mono: mono(1_234.5),
  wall: noon,
  offsetMs: -120,
  heard: false,
  notFoundTrusted: false,
  roll: 0.25,
};

export const attempt = (n: number): AttemptNumber => n as AttemptNumber;
export const started: PaymentEvent = { type: 'started', at: moment };

export function newState(id: PaymentId, numbers: Numbers | null = null): PaymentState {
  return {
    ...ordered(
      {
        id,
        amount: Rupiah.parse(12_500),
        phone: Phone.parse('081234567890'),
        rules: usualRules,
        ...someTerminal,
      },
      moment,
    ),
    numbers,
  };
}

/** A new payment with its number, in one commit. */
export function begin(store: Store, on: JakartaDay = today): PaymentState {
  return store.commit(() => {
    const id = store.nextPaymentId();
    const numbers = store.takeNumber(on, noon, token);
    const state = newState(id, numbers);
    const newEvents: PaymentEvent[] = [started, { type: 'numbered', at: moment, numbers }];
    store.save({
      payment: { state, events: 2, pushedAt: noon, deadlineAt: instant(noon + 62_000) },
      newEvents,
      live: true,
    });
    store.recordRequest(id, attempt(1), request('pushToPay'), noon);
    return state;
  });
}

/** Adds one event to a payment. */
export function follow(
  store: Store,
  state: PaymentState,
  event: PaymentEvent,
  live: boolean,
): void {
  const events = (store.payment(state.id)?.events ?? 0) + 1;
  store.commit(() =>
    store.save({
      payment: { state, events, pushedAt: noon, deadlineAt: null },
      newEvents: [event],
      live,
    }),
  );
}

export function request(operation: OutgoingRequest['operation']): OutgoingRequest {
  return {
    operation,
    method: 'POST',
    url: 'http://127.0.0.1:1/pos',
    headers: [
      ['app-id', 'hypermart'],
      ['X-Twice', 'one'],
      ['X-Twice', 'two'],
    ],
    body: Buffer.from('{"type":"0200","text":"\u00e9\u0000"}'),
    date: noon,
  };
}

/** Every (batch, reference) pair that the database holds as given out, oldest batch first. */
export function pairs(database: Database): string[] {
  return database
    .prepare("SELECT batch || '/' || reference FROM numbers ORDER BY batch, reference")
    .pluck()
    .all()
    .map(String);
}
