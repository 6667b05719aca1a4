import { expect, test } from 'vitest';
import { FakeElectron } from '../../test/electron/fake-electron.ts';
import { settle } from '../../test/support/manual-clock.ts';
import { Voice } from './voice.ts';
import type { Language } from './words.ts';

function voice(packaged: boolean, locale: string, tillLanguage: Language | null = null) {
  const fake = new FakeElectron({ appPath: '', packaged, locale });
  const said: string[] = [];
  const { app, dialog } = fake.electron;
  const say = (sentence: string) => void said.push(sentence);
  return { fake, said, voice: new Voice({ app, dialog, say, tillLanguage: () => tillLanguage }) };
}

test('a package says it at once to whoever started it, and in a box as soon as there can be one', async () => {
  const { fake, said, voice: shell } = voice(true, 'en-US');
  let read = false;
  const telling = shell.tell('No disk.').then(() => {
    read = true;
  });
  await settle();
  expect([said, fake.errorBoxes, read]).toEqual([['No disk.'], [], false]);
  fake.ready.resolve();
  await telling;
  expect(fake.errorBoxes).toEqual(['No disk.']);
});

test('outside a package there is a terminal, and no box', async () => {
  const { fake, said, voice: shell } = voice(false, 'en-US');
  await shell.tell('No disk.');
  expect([said, fake.errorBoxes]).toEqual([['No disk.'], []]);
});

test('before the till is up it speaks the system’s language, then the till’s', () => {
  expect(voice(true, 'id-ID').voice.words('close.yes')).toBe('Tutup');
  expect(voice(true, 'id-ID', 'en').voice.words('close.yes')).toBe('Close');
  expect(voice(true, '').voice.words('close.yes')).toBe('Close');
});
