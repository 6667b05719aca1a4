import { expect, test } from 'vitest';
import { openingSwitch, parseShellArguments } from './arguments.ts';

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

test.each(['remote-debugging-port', 'inspect', 'no-sandbox', 'disable-web-security'])(
  'security: the switch --%s is found',
  (name) => {
    expect(openingSwitch({ hasSwitch: (asked) => asked === name })).toBe(name);
    expect(openingSwitch({ hasSwitch: () => false })).toBeNull();
  },
);
