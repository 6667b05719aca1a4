import { homedir } from 'node:os';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
} from 'electron';
import { systemClock } from '../platform/system-clock.ts';
import { startTill } from '../till.ts';
import { handedKey } from './handed-key.ts';
import { runShell } from './shell.ts';
import { tillPartition } from './window-options.ts';

/**
 * The desktop till's first file, and the only one in main that imports Electron. It connects Electron
 * to the shell and decides nothing, so that what cannot be run without Electron's runtime is short
 * enough to be read.
 */

// Listened for at once: what is sent before anyone listens may be lost.
const key = app.isPackaged
  ? Promise.resolve(undefined)
  : handedKey({
      connected: process.connected === true,
      onMessage: (heard) => process.once('message', heard),
      onEnd: (heard) => process.once('disconnect', heard),
    });
let window: BrowserWindow | null = null;

// Not awaited: Electron is ready only after this file has been evaluated to its end.
void runShell(
  {
    app,
    dialog,
    ipcMain,
    powerMonitor,
    protocol,
    shell,
    createWindow(options) {
      window = new BrowserWindow(options);
      return window;
    },
    tillSession: () => session.fromPartition(tillPartition, { cache: false }),
    systemSession: () => session.defaultSession,
    workAreas: () => {
      const primary = screen.getPrimaryDisplay();
      const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
      return [primary, ...others].map(({ workArea }) => workArea);
    },
    setMenu: (template) =>
      Menu.setApplicationMenu(template === null ? null : Menu.buildFromTemplate(template)),
    async ask(box) {
      const { response } =
        window === null || window.isDestroyed()
          ? await dialog.showMessageBox(box)
          : await dialog.showMessageBox(window, box);
      return response;
    },
  },
  {
    argv: process.argv,
    env: process.env,
    platform: process.platform,
    execPath: process.execPath,
    onEndAsked(heard) {
      process.on('SIGINT', heard);
      process.on('SIGTERM', heard);
      process.on('SIGHUP', heard);
      // A package hears no process but the system: whoever starts it could else end it unseen.
      if (!app.isPackaged)
        process.on('disconnect', () => heard('the process that started the till has ended'));
    },
    onFault(heard) {
      process.on('uncaughtException', (error) => heard('exception', error));
      process.on('unhandledRejection', (error) => heard('rejection', error));
    },
    home: homedir(),
    clock: systemClock(),
    start: startTill,
    say: (sentence) => console.error(sentence),
    appKey: () => key,
  },
);
