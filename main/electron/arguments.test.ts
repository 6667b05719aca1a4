import { expect, test } from 'vitest';
import { parseShellArguments, strangeSwitch } from './arguments.ts';

test('without a word: the user’s own folder, the window as it was', () => {
  expect(parseShellArguments(['gerai'])).toEqual({
    data: null,
    kiosk: null,
    beginNewDatabase: false,
    afterFault: false,
  });
});

test('our own switches are read among the system’s', () => {
  const argv = ['gerai', '--lang=id', '--data=/srv/a b', '--no-kiosk', '--begin-new-database'];
  expect(parseShellArguments(argv)).toMatchObject({
    data: '/srv/a b',
    kiosk: false,
    beginNewDatabase: true,
  });
  expect(parseShellArguments(['--kiosk', '--after-fault'])).toMatchObject({
    kiosk: true,
    afterFault: true,
  });
});

const none = { hasSwitch: () => false };
const found = (word: string, platform: NodeJS.Platform = 'linux') =>
  strangeSwitch(['gerai', word], platform, none);

test.each([
  ['--remote-debugging-port=9222', 'remote-debugging-port'],
  ['--inspect', 'inspect'],
  ['--no-sandbox', 'no-sandbox'],
  ['--user-data-dir=/tmp/x', 'user-data-dir'],
  ['--renderer-cmd-prefix=sh', 'renderer-cmd-prefix'],
  ['--host-resolver-rules=MAP * 1.2.3.4', 'host-resolver-rules'],
  ['--a-switch-of-next-year', 'a-switch-of-next-year'],
  // Chromium takes one dash for two, and reads a name in any case.
  ['-no-sandbox', 'no-sandbox'],
  ['--NO-SANDBOX', 'NO-SANDBOX'],
  ['--kiosk-printing', 'kiosk-printing'],
  ['--', ''],
])('security: a switch that is not known is found: %s', (word, name) => {
  expect(found(word)).toBe(name);
});

test('security: on Windows a slash makes a switch too', () => {
  expect(found('/no-sandbox', 'win32')).toBe('no-sandbox');
  expect(found('/srv/a file', 'linux')).toBeNull();
});

test.each([
  '--data=/srv/a b',
  '--kiosk',
  '--no-kiosk',
  '--begin-new-database',
  '--after-fault',
  '--updated',
  '--lang=id',
  '--force-device-scale-factor=1.25',
  '--disable-gpu',
  '--ozone-platform=x11',
  'a dropped file',
])('%s is what a till may be started with', (word) => {
  expect(found(word)).toBeNull();
});

test('macOS’s own number of the program is none of ours, and none elsewhere', () => {
  expect(found('-psn_0_12345', 'darwin')).toBeNull();
  expect(found('-psn_0_12345', 'linux')).toBe('psn_0_12345');
  expect(found('-psn_x', 'darwin')).toBe('psn_x');
});

test('security: what the environment has switched on is found as well', () => {
  const hasSwitch = (name: string) => name === 'no-sandbox';
  expect(strangeSwitch(['gerai', '--kiosk'], 'linux', { hasSwitch })).toBe('no-sandbox');
});

test('security: white space before a switch, which Chromium takes off, hides none', () => {
  const none = { hasSwitch: () => false };
  for (const space of [' ', '\t', '\n', '\u3000', '\u0085', '\u180e'])
    for (const word of ['--renderer-cmd-prefix=x', '--remote-debugging-port=0', '--kiosk'])
      expect(strangeSwitch(['gerai', space + word], 'linux', none)).not.toBeNull();
});
