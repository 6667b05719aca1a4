import { expect, test } from 'vitest';
import { defaultDataFolder } from '../main/electron/data-folder.ts';
import { parseStart, startHelp } from './start-options.ts';

test('without a word: the browser opens, the folder and the host are chosen', () => {
  expect(parseStart([], {})).toEqual({
    kind: 'start',
    options: { host: 'auto', data: null, port: 0, open: true, beginNewDatabase: false },
  });
});

test('every option, in both ways of writing', () => {
  const options = { host: 'browser', data: 'a b', port: 8080, open: false, beginNewDatabase: true };
  const words = ['--host', 'browser', '--data', 'a b', '--port', '8080'];
  const flags = ['--no-open', '--begin-new-database'];
  expect(parseStart([...words, ...flags], {})).toEqual({ kind: 'start', options });
  const equals = ['--host=browser', '--data=a b', '--port=8080'];
  expect(parseStart([...equals, ...flags], {})).toEqual({ kind: 'start', options });
});

test('GERAI_DATA names the folder, and --data goes before it', () => {
  const data = (args: string[]) => {
    const parsed = parseStart(args, { GERAI_DATA: '/from/env' });
    return parsed.kind === 'start' ? parsed.options.data : parsed;
  };
  expect(data([])).toBe('/from/env');
  expect(data(['--data', '/named'])).toBe('/named');
});

test.each([
  [['--colour'], '"--colour" is not an option'],
  [['browser'], '"browser" is not an option'],
  [['--host', 'firefox'], 'not "firefox"'],
  [['--host'], '--host needs a value'],
  [['--data', '--no-open'], '--data needs a value'],
  [['--data', ''], '--data needs a value'],
  [['--port', '65536'], 'not "65536"'],
  [['--port', '-1'], 'not "-1"'],
])('%s is refused by name', (args, words) => {
  const parsed = parseStart(args, {});
  expect(parsed.kind === 'refused' ? parsed.why : parsed.kind).toContain(words);
});

test('--help wins', () => {
  expect(parseStart(['--no-open', '--help'], {})).toEqual({ kind: 'help' });
});

test('the help names every option that there is', () => {
  const inHelp = new Set(startHelp.match(/--[a-z-]+/g));
  const each = ['--host=browser', '--data=x', '--port=1', '--no-open', '--begin-new-database'];
  expect(parseStart(each, {}).kind).toBe('start');
  expect([...inHelp].sort()).toEqual(
    [...each.map((option) => option.split('=')[0]), '--help'].sort(),
  );
});

test("the data folder is the user's own, as each system has it", () => {
  const home = '/users/ani';
  const folder = (platform: NodeJS.Platform, env = {}) =>
    defaultDataFolder({ platform, home, env });
  expect(folder('linux')).toBe('/users/ani/.local/share/gerai');
  expect(folder('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/gerai');
  for (const XDG_DATA_HOME of ['', 'relative', './here'])
    expect(folder('linux', { XDG_DATA_HOME })).toBe('/users/ani/.local/share/gerai');
  expect(folder('darwin')).toBe('/users/ani/Library/Application Support/Gerai');
  const roaming = { APPDATA: 'C:\\Users\\ani\\AppData\\Roaming' };
  const local = 'D:\\Users\\ani\\AppData\\Local';
  expect(folder('win32', { ...roaming, LOCALAPPDATA: local })).toBe(`${local}\\Gerai`);
  for (const LOCALAPPDATA of [undefined, '', 'Local', 'C:Local']) {
    const found = folder('win32', { ...roaming, LOCALAPPDATA });
    expect(found).toBe('\\users\\ani\\AppData\\Local\\Gerai');
  }
});
