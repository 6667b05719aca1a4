import { join } from 'node:path';
import type { TillView } from '../shared/view.ts';
import { type Closing, ClosingWatch } from './closing.ts';
import { Desk } from './driver/desk.ts';
import { Driver } from './driver/driver.ts';
import type { World } from './driver/world.ts';
import type { Host } from './host.ts';
import { serve } from './ipc.ts';
import type { AppKey } from './ovo/app-key.ts';
import type { SystemProxy } from './ovo/proxy.ts';
import { createWire } from './ovo/wire.ts';
import { limits } from './payment/limits.ts';
import type { Clock } from './platform/clock.ts';
import { type FileLog, fileLog, type Log } from './platform/log.ts';
import { processClock } from './platform/process-clock.ts';
import { systemRandom } from './platform/system-random.ts';
import { appKeyFor } from './profile/app-key.ts';
import {
  identityOf,
  numberingOf,
  paymentRulesOf,
  settingsFingerprint,
  terminalKeyOf,
} from './profile/derive.ts';
import { readOrSetUpProfile } from './profile/file.ts';
import type { Profile } from './profile/profile.ts';
import { trainingProfile } from './profile/training.ts';
import { lockDataFolder } from './store/lock.ts';
import { openStore } from './store/store.ts';
import type { Store } from './store/types.ts';
import { trainingAppKey, trainingIdentity } from './training/identity.ts';
import { type Simulator, startSimulator } from './training/simulator.ts';

export interface TillOptions {
  readonly host: Host;
  readonly dataDirectory: string;
  /** Goes on with an empty database after a broken one was set aside. */
  readonly beginNewDatabase: boolean;
  readonly version: string;
  /** The process's environment variables. The app key is taken out of them. */
  readonly env: Record<string, string | undefined>;
  /** The system's proxy as the host knows it; environment variables where it is not given. */
  readonly systemProxy?: SystemProxy;
}

/** A till that is running. */
export interface Till {
  /** The page that plays the customer's phone; null outside training. */
  readonly phoneUrl: string | null;
  /** The program's own log, for what its shell has to say. */
  readonly log: Log;
  /** The language that the till speaks at present. */
  language(): TillView['language'];
  /** Whether the till may be closed now, and what would stay undone (rule 23). */
  closing(): Closing;
  /** The system reports a resume from sleep (rule 22). */
  resumed(): void;
  close(): Promise<void>;
}

/** Another copy holds this data folder (rule 24); the host brings that one to the front. */
export class AlreadyRunning extends Error {
  override name = 'AlreadyRunning';
  constructor(folder: string) {
    super(`Gerai is already running for ${folder}.`);
  }
}

/** In a training profile: our own simulator, on whichever port it gets. */
const ownSimulator = 'http://127.0.0.1:0';

/**
 * Starts the till on a data folder: profile, books, wire, driver, and the page's requests.
 * @throws AlreadyRunning, ProfileInvalid, ProfileUnreadable, CredentialStoreMissing, AppKeyMissing,
 * TestClockRefused, DataFolderUnusable, DatabaseTooNew, DatabaseBroken and others, each with a
 * sentence for the person who starts it. Nothing is left running then.
 */
export async function startTill(options: TillOptions): Promise<Till> {
  const { dataDirectory } = options;
  const lock = lockDataFolder(dataDirectory);
  if (lock === null) throw new AlreadyRunning(dataDirectory);
  const undo: (() => void | Promise<void>)[] = [() => lock.release()];
  try {
    return await start({ ...options, stillAlone: () => lock.stillOurs() }, undo);
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}

async function start(
  options: TillOptions & { readonly stillAlone: () => boolean },
  undo: (() => void | Promise<void>)[],
): Promise<Till> {
  const { dataDirectory, env, host, version } = options;
  const profile = readOrSetUpProfile(
    dataDirectory,
    trainingProfile(trainingIdentity, ownSimulator),
  );
  const appKey = appKeyFor(profile.environment, env, trainingAppKey);
  delete env.GERAI_APP_KEY;
  const clock = processClock(env, profile);
  const log = fileLog(join(dataDirectory, 'logs'), clock);
  log.hide(appKey.use());
  log.info('starting', { version, environment: profile.environment, tid: profile.tid });

  // Each environment is a world of its own: books, numbers, simulator (rule 27).
  const directory = join(dataDirectory, profile.environment);
  // A link can bring one world into two data folders, and two tills must not share its books.
  const world = lockDataFolder(directory);
  if (world === null) throw new AlreadyRunning(directory);
  undo.push(() => world.release());
  const simulator = await simulatorFor(profile, directory, appKey, clock);
  if (simulator) undo.push(() => simulator.close());
  const baseUrl = simulator?.baseUrl ?? profile.baseUrl;
  const store = openStore({
    directory,
    terminal: terminalKeyOf(profile),
    numbering: numberingOf(profile),
    clock,
    version,
    beginNewDatabase: options.beginNewDatabase,
  });
  undo.push(() => store.close());

  const { systemProxy } = options;
  const stillAlone = () => options.stillAlone() && world.stillOurs();
  const parts = { baseUrl, store, clock, log, appKey, systemProxy, stillAlone };
  const driver = new Driver(worldOf(profile, parts));
  const desk = new Desk(driver, store, {
    ...profile,
    rules: paymentRulesOf(profile),
    trainingPhoneUrl: simulator?.phoneUrl ?? null,
  });
  serve(host, desk, driver, clock, log);
  const closing = new ClosingWatch();
  driver.onChange((id) => {
    const live = id === null ? null : driver.get(id);
    if (live !== null) closing.note(live.state);
  });
  driver.start();
  log.info('ready');
  return {
    phoneUrl: simulator?.phoneUrl ?? null,
    log,
    language: () => desk.view().language,
    closing: () =>
      closing.at(
        clock.mono(),
        [...driver.all()].map(({ state }) => state),
      ),
    resumed: () => driver.resumed(),
    close: async () => {
      log.info('closing');
      driver.close();
      // The driver has closed the store; what is left is ended in the reverse order of its start.
      for (const step of undo.filter((_step, index) => index !== undo.length - 1).reverse())
        await step();
    },
  };
}

function worldOf(
  profile: Profile,
  parts: {
    baseUrl: string;
    store: Store;
    clock: Clock;
    log: FileLog;
    appKey: AppKey;
    systemProxy: SystemProxy | undefined;
    stillAlone: () => boolean;
  },
): World {
  const { baseUrl, store, clock, log, appKey, systemProxy, stillAlone } = parts;
  const { proxy, signature, statusDate } = profile;
  return {
    store,
    clock,
    log,
    wire: createWire({
      baseUrl,
      proxy,
      clock,
      connectMs: limits.connectMs,
      ...(systemProxy === undefined ? {} : { systemProxy }),
    }),
    stillAlone,
    random: systemRandom(),
    message: { identity: identityOf(profile), baseUrl, signature, statusDate, appKey },
    fingerprint: settingsFingerprint(profile),
  };
}

async function simulatorFor(
  profile: Profile,
  directory: string,
  appKey: AppKey,
  clock: Clock,
): Promise<Simulator | null> {
  if (profile.environment !== 'training' || profile.baseUrl !== ownSimulator) return null;
  const { appId } = profile;
  return startSimulator({
    clock,
    directory,
    appKeys: { [appId]: appKey.use() },
    identity: identityOf(profile),
  });
}
