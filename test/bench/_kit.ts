import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { BenchLine } from '../../build/bench-line.ts';
import { Desk } from '../../main/driver/desk.ts';
import { Driver } from '../../main/driver/driver.ts';
import type { World } from '../../main/driver/world.ts';
import type { Host, Sender } from '../../main/host.ts';
import { serve } from '../../main/ipc.ts';
import { AppKey } from '../../main/ovo/app-key.ts';
import type { OvoWire } from '../../main/ovo/types.ts';
import { createWire } from '../../main/ovo/wire.ts';
import { limits } from '../../main/payment/limits.ts';
import type { Clock } from '../../main/platform/clock.ts';
import { fileLog } from '../../main/platform/log.ts';
import { systemClock } from '../../main/platform/system-clock.ts';
import { systemRandom } from '../../main/platform/system-random.ts';
import { openStore } from '../../main/store/store.ts';
import type { Store } from '../../main/store/types.ts';
import { trainingAppKey, trainingIdentity } from '../../main/training/identity.ts';
import { Rupiah } from '../../shared/money.ts';
import { usualRules } from '../support/life.ts';

/** A folder that is gone when the process is. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'gerai-bench-'));
  process.on('exit', () => rmSync(path, { recursive: true, force: true }));
  return path;
}

export async function simulator(
  how: 'at-once' | 'by-phone',
): Promise<{ baseUrl: string; stop(): void }> {
  const child = fork(fileURLToPath(new URL('_simulator.ts', import.meta.url)), [how]);
  const baseUrl = await new Promise<string>((tell) =>
    child.once('message', (url) => tell(String(url))),
  );
  return { baseUrl, stop: () => child.disconnect() };
}

export function store(directory: string, clock: Clock = systemClock()): Store {
  return openStore({
    directory,
    terminal: {
      environment: 'training',
      merchantId: trainingIdentity.merchantId,
      tid: trainingIdentity.tid,
    },
    numbering: { numbering: 'sequence', numberFormat: 'unpadded-text' },
    clock,
    version: 'bench',
    beginNewDatabase: false,
  });
}

/** The shipped till without its shell, its log file included. */
export function till(
  directory: string,
  baseUrl: string,
  wrap: (wire: OvoWire) => OvoWire = (wire) => wire,
  clock: Clock = systemClock(),
): {
  world: World;
  driver: Driver;
  desk: Desk;
  request(name: string, args: unknown): Promise<unknown>;
} {
  const world: World = {
    store: store(directory, clock),
    wire: wrap(createWire({ baseUrl, proxy: 'none', clock, connectMs: limits.connectMs })),
    clock,
    random: systemRandom(),
    stillAlone: () => true,
    log: fileLog(directory, clock),
    message: {
      identity: trainingIdentity,
      baseUrl,
      signature: 'app-id+random',
      statusDate: 'original',
      appKey: new AppKey(trainingAppKey),
    },
    fingerprint: 'bench',
  };
  const driver = new Driver(world);
  const desk = new Desk(driver, world.store, {
    environment: 'training',
    storeCode: trainingIdentity.storeCode,
    tid: trainingIdentity.tid,
    minAmount: Rupiah.parse(1),
    maxAmount: Rupiah.parse(999_999_999),
    // A phone check is another exchange with OVO; the lines measure the payment's own.
    rules: { ...usualRules, phoneCheck: false },
    language: 'en',
    trainingPhoneUrl: null,
  });
  const host = new BenchHost();
  serve(host, desk, driver, clock, world.log);
  driver.start();
  return { world, driver, desk, request: (name, args) => host.request({ name, args }) };
}

class BenchHost implements Host {
  private handle: (sender: Sender, message: unknown) => Promise<unknown> = async () => null;
  onRequest(handle: (sender: Sender, message: unknown) => Promise<unknown>): void {
    this.handle = handle;
  }
  push(): void {}
  bringToFront(): string {
    return '';
  }
  request(message: unknown): Promise<unknown> {
    return this.handle({ trusted: true, description: 'bench' }, message);
  }
}

/** The bare counterpart of a durable write: one row, WAL, FULL. */
export function bareCommits(directory: string): () => void {
  const database = new Database(join(directory, 'bare.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT) STRICT');
  const insert = database.prepare('INSERT INTO bare (text) VALUES (?)');
  const row = 'x'.repeat(100);
  return () => {
    insert.run(row);
  };
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** A line with its ratio worked out. */
export function line(
  name: string,
  unit: string,
  value: number,
  against: number | null,
  aim: string,
  met: boolean,
): BenchLine {
  return {
    line: name,
    unit,
    value,
    against,
    ratio: against === null ? null : value / against,
    aim,
    met,
  };
}
