/**
 * The architecture as two tables. A path says where its code may run (the layers); the world comes in
 * through a few named files (the doors). Both are read by architecture.test.ts.
 */

export interface Layer {
  /** Paths that begin so; the first layer that fits counts. */
  readonly folder: string;
  /** What it may import of the project. */
  readonly sees: readonly string[];
  /** What it may import beside: packages, with `node:` for all of Node. */
  readonly packages: readonly string[];
  readonly instead: string;
}

export const layers: readonly Layer[] = [
  {
    folder: 'shared/',
    sees: ['shared/'],
    packages: ['zod'],
    instead: 'shared knows no process: pass what it needs as an argument',
  },
  {
    folder: 'renderer/',
    sees: ['renderer/', 'shared/'],
    packages: ['react', 'react-dom', 'zustand', '@fontsource-variable/inter'],
    instead: 'ask main through renderer/bridge.ts and the contract in shared/ipc.ts',
  },
  {
    folder: 'preload/',
    sees: ['preload/', 'shared/'],
    packages: ['electron', 'zod'],
    instead: 'preload only carries what shared/ipc.ts lists',
  },
  {
    folder: 'main/payment/',
    sees: ['main/payment/', 'shared/'],
    packages: [],
    instead:
      'the payment machine is pure: it gets everything in its events and asks by its effects',
  },
  {
    folder: 'main/',
    sees: ['main/', 'shared/'],
    packages: [
      'node:',
      'agent-base',
      'axios',
      'better-sqlite3',
      'electron',
      'electron-log',
      'https-proxy-agent',
      'proxy-from-env',
      'zod',
    ],
    instead: 'main shows things by building a view (shared/view.ts) and pushing it',
  },
];

export interface Door {
  readonly name: 'electron' | 'clock' | 'randomness' | 'disk' | 'socket' | 'process';
  /** Files that may use it: whole paths, or folders with a slash at the end. */
  readonly files: readonly string[];
  readonly instead: string;
  /** Modules that are this door when anything of them is imported (types aside). */
  readonly modules?: readonly string[];
  /** Modules of which only these names are this door; importing the whole module is, too. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  /** Global names, as written or below globalThis, window and self. */
  readonly globals?: readonly string[];
  /** `object.member` of a global; using the object any other way is this door as well. */
  readonly members?: Readonly<Record<string, readonly string[]>>;
}

export const doors: readonly Door[] = [
  {
    name: 'electron',
    files: ['preload/preload.ts', 'main/electron/main.ts'],
    modules: ['electron'],
    instead: 'use the Host of main/host.ts, passed in',
  },
  {
    name: 'clock',
    files: ['main/platform/', 'renderer/ticker.ts'],
    modules: ['node:timers', 'node:timers/promises', 'node:perf_hooks'],
    globals: [
      'performance',
      'setTimeout',
      'setInterval',
      'setImmediate',
      'requestAnimationFrame',
      'requestIdleCallback',
    ],
    // `new Date()` without an argument is found apart: with one it only formats.
    members: { Date: ['now'], process: ['hrtime', 'uptime'] },
    instead:
      'use Clock from main/platform/clock.ts, passed in (in the renderer: renderer/ticker.ts)',
  },
  {
    name: 'randomness',
    files: ['main/platform/system-random.ts'],
    names: {
      'node:crypto': [
        'generateKey',
        'generateKeyPair',
        'generateKeyPairSync',
        'generateKeySync',
        'getRandomValues',
        'randomBytes',
        'randomFill',
        'randomFillSync',
        'randomInt',
        'randomUUID',
        'webcrypto',
      ],
    },
    globals: ['crypto'],
    members: { Math: ['random'] },
    instead: 'use Random from main/platform/random.ts, passed in',
  },
  {
    name: 'disk',
    files: [
      'main/store/',
      'main/platform/log.ts',
      'main/profile/file.ts',
      'main/training/books.ts',
      'main/electron/page-files.ts',
      'main/electron/state-file.ts',
    ],
    modules: ['node:fs', 'node:fs/promises', 'node:sqlite', 'better-sqlite3', 'electron-log'],
    globals: ['localStorage', 'sessionStorage', 'indexedDB', 'caches'],
    instead: 'use Store from main/store/types.ts or Log from main/platform/log.ts, passed in',
  },
  {
    name: 'socket',
    files: ['main/ovo/connection.ts', 'main/ovo/wire.ts', 'main/training/line.ts'],
    modules: [
      'node:net',
      'node:tls',
      'node:http',
      'node:https',
      'node:http2',
      'node:dgram',
      'node:dns',
      'node:dns/promises',
      'agent-base',
      'axios',
      'https-proxy-agent',
    ],
    globals: [
      'fetch',
      'WebSocket',
      'WebSocketStream',
      'WebTransport',
      'EventSource',
      'XMLHttpRequest',
      'RTCPeerConnection',
    ],
    members: { navigator: ['sendBeacon'] },
    instead:
      'use OvoWire from main/ovo/types.ts, passed in; the renderer opens no connection at all',
  },
  {
    name: 'process',
    files: [],
    modules: ['node:child_process', 'node:cluster', 'node:worker_threads', 'node:vm'],
    globals: ['eval', 'Function'],
    instead: 'the till is one process and runs no text as code',
  },
];
