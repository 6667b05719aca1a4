import { expect, test } from 'vitest';
import { relaunchAfterFault } from './relaunch.ts';

const mount = '/tmp/.mount_GeraiX';
const inMount = { argv: [`${mount}/gerai`, '--kiosk'], execPath: `${mount}/gerai` };

test('a fault starts the same again, but for the word to begin with empty books', () => {
  const argv = ['gerai', '--data=/srv/till', '--begin-new-database', '--after-fault'];
  expect(relaunchAfterFault({ argv, env: {}, execPath: '/opt/Gerai/gerai' })).toEqual({
    args: ['--data=/srv/till', '--after-fault'],
  });
});

test('an AppImage starts its own file again, since its mount goes away', () => {
  for (const APPDIR of [mount, `${mount}/`]) {
    const env = { APPDIR, APPIMAGE: '/srv/Gerai.AppImage' };
    expect(relaunchAfterFault({ ...inMount, env }).execPath).toBe('/srv/Gerai.AppImage');
  }
});

test.each([
  ['without a mount', { APPIMAGE: '/srv/other' }],
  ['with an empty mount', { APPIMAGE: '/srv/other', APPDIR: '' }],
  ['of another program', { APPIMAGE: '/srv/other', APPDIR: '/tmp/.mount_other' }],
  ['of everything', { APPIMAGE: '/srv/other', APPDIR: '/' }],
  ['that is relative', { APPIMAGE: 'other', APPDIR: mount }],
  ['that is empty', { APPIMAGE: '', APPDIR: mount }],
])('security: an AppImage %s is not believed', (_which, env) => {
  expect(relaunchAfterFault({ ...inMount, env })).toEqual({ args: ['--kiosk', '--after-fault'] });
});
