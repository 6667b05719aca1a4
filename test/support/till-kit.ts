import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { Desk } from '../../main/driver/desk.ts';
import { Driver } from '../../main/driver/driver.ts';
import { AppKey } from '../../main/ovo/app-key.ts';
import { createWire } from '../../main/ovo/wire.ts';
import { limits } from '../../main/payment/limits.ts';
import type {
  PaymentEvent,
  PaymentId,
  PaymentRules,
  PaymentState,
} from '../../main/payment/types.ts';
import type { Clock } from '../../main/platform/clock.ts';
import { databaseName, openStoreOver } from '../../main/store/store.ts';
import type { Store } from '../../main/store/types.ts';
import { Rupiah } from '../../shared/money.ts';
import { Phone } from '../../shared/phone.ts';
import type { Mono } from '../../shared/time.ts';
import { FakeWire } from './fake-wire.ts';
import { someTerminal, usualRules } from './life.ts';
import { ManualClock, settle } from './manual-clock.ts';
import { MemoryLog } from './memory-log.ts';
import { SeededRandom } from './seeded-random.ts';

const identity = {
  appId: 'shop-app',
  merchantId: '000001',
  storeCode: 'STORE042',
  tid: '10000042',
  mid: '100000000000042',
};

/** A secret that no test may find anywhere but in the signature's making. */
export const plantedKey = 'planted-app-key-5f1d';

export interface KitOptions {
  readonly at?: string;
  readonly rules?: Partial<PaymentRules>;
  readonly numbering?: 'date' | 'sequence';
  /** A server on loopback: requests go there by the shipped wire, and `TillKit.wire` stays idle. */
  readonly baseUrl?: string;
}

/** The one clock as a process sees it: when the process is gone, so are its timers. */
class MortalClock implements Clock {
  readonly lateMs: number;
  private readonly clock: Clock;
  private alive = true;

  constructor(clock: Clock) {
    this.clock = clock;
    this.lateMs = clock.lateMs;
  }

  mono() {
    return this.clock.mono();
  }

  wall() {
    return this.clock.wall();
  }

  at(at: Mono, call: () => void): () => void {
    return this.clock.at(at, () => {
      if (this.alive) call();
    });
  }

  die(): void {
    this.alive = false;
  }
}

/**
 * A till without its shell: the shipped machine, driver, desk and SQLite store on a real file, over a
 * wire and a clock that the test moves by hand.
 */
export class TillKit {
  readonly directory: string;
  readonly clock: ManualClock;
  readonly log = new MemoryLog();
  private process: MortalClock;
  wire: FakeWire;
  store: Store;
  /** The database below the store, for a test that makes trouble there. */
  database: Database;
  driver: Driver;
  desk: Desk;
  private identity = identity;
  private settings = someTerminal.settings;
  private readonly options: KitOptions;
  private readonly random = new SeededRandom(7);

  constructor(options: KitOptions = {}) {
    this.options = options;
    this.directory = mkdtempSync(join(tmpdir(), 'gerai-kit-'));
    onTestFinished(() => rmSync(this.directory, { recursive: true, force: true }));
    this.clock = new ManualClock(options.at ?? '2026-03-24T10:00:00+07:00');
    this.process = new MortalClock(this.clock);
    this.wire = new FakeWire(this.process);
    ({ store: this.store, database: this.database } = this.open());
    [this.driver, this.desk] = this.assemble();
  }

  /**
   * The program is gone without a word, as after a kill, and started again on the same files; or it
   * was closed `cleanly`. `tid` and `settings`: the profile was changed in between.
   */
  restart(how: { cleanly?: boolean; tid?: string; settings?: string } = {}): void {
    if (how.cleanly) this.driver.close();
    this.process.die();
    if (!how.cleanly) this.store.close();
    this.identity = { ...this.identity, ...(how.tid === undefined ? {} : { tid: how.tid }) };
    this.settings = how.settings ?? this.settings;
    this.process = new MortalClock(this.clock);
    this.wire = new FakeWire(this.process);
    ({ store: this.store, database: this.database } = this.open());
    [this.driver, this.desk] = this.assemble();
  }

  start(amount = 12_500, phone = '081234567890'): PaymentId {
    const result = this.desk.start(Rupiah.parse(amount), Phone.parse(phone), false);
    if (result.kind !== 'started') throw new Error(`not started: ${result.kind}`);
    return result.id as PaymentId;
  }

  state(id: PaymentId): PaymentState {
    const state = this.driver.get(id)?.state ?? this.store.payment(id)?.state;
    if (state === undefined) throw new Error(`no payment ${id}`);
    return state;
  }

  events(id: PaymentId): readonly PaymentEvent['type'][] {
    return this.store.events(id).map(({ type }) => type);
  }

  async run(seconds: number): Promise<void> {
    await this.clock.run(seconds * 1_000);
  }

  /** Makes "not found" believable (rule 12b): one payment paid, and found by its check. */
  async proveChecks(): Promise<void> {
    this.start(1_000, '081111111111');
    await settle();
    this.wire.last('pushToPay').answer('00');
    await this.run(15);
    this.wire.last('statusCheck').answer('00');
    await settle();
    const front = this.desk.view().front;
    if (front) this.desk.seen(front.id as PaymentId);
  }

  /** Another program holds the database locked until the returned function is called. */
  lock(): () => void {
    const other = new Sqlite(this.databasePath);
    other.exec('BEGIN IMMEDIATE');
    return () => {
      other.exec('ROLLBACK');
      other.close();
    };
  }

  /** The database's file, for a second connection that looks at it or gets in its way. */
  get databasePath(): string {
    return join(this.directory, databaseName);
  }

  private open(): { store: Store; database: Database } {
    return openStoreOver({
      directory: this.directory,
      terminal: {
        environment: 'staging',
        merchantId: this.identity.merchantId,
        tid: this.identity.tid,
      },
      numbering: { numbering: this.options.numbering ?? 'date', numberFormat: 'unpadded-text' },
      clock: this.process,
      version: '0.0.0-test',
      beginNewDatabase: false,
    });
  }

  private assemble(): [Driver, Desk] {
    const rules: PaymentRules = { ...usualRules, ...this.options.rules };
    const { baseUrl } = this.options;
    const clock = this.process;
    const driver = new Driver({
      store: this.store,
      wire:
        baseUrl === undefined
          ? this.wire
          : createWire({ baseUrl, proxy: 'none', clock, connectMs: limits.connectMs }),
      clock: this.process,
      random: this.random,
      stillAlone: () => true,
      log: this.log,
      message: {
        identity: this.identity,
        baseUrl: baseUrl ?? 'https://ovo.invalid',
        signature: 'app-id+random',
        statusDate: 'original',
        appKey: new AppKey(plantedKey),
      },
      fingerprint: this.settings,
    });
    const desk = new Desk(driver, this.store, {
      environment: 'staging',
      storeCode: identity.storeCode,
      tid: identity.tid,
      minAmount: Rupiah.parse(1_000),
      maxAmount: Rupiah.parse(20_000_000),
      rules,
      language: 'en',
      trainingPhoneUrl: null,
    });
    driver.start();
    return [driver, desk];
  }
}
