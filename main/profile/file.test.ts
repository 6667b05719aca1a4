import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { trainingIdentity } from '../training/identity.ts';
import { ProfileUnreadable, readOrSetUpProfile, readProfile, writeNewProfile } from './file.ts';
import { ProfileInvalid } from './profile.ts';
import { trainingProfile } from './training.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gerai-profile-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const training = trainingProfile(trainingIdentity, 'http://127.0.0.1:4000');
const path = (): string => join(directory, 'terminal.json');
const put = (content: string | Buffer): void =>
  writeFileSync(join(directory, 'terminal.json'), content);

/** The message of what reading the present file throws. */
function complaint(): string {
  try {
    readProfile(directory);
  } catch (error) {
    expect(error).toBeInstanceOf(ProfileInvalid);
    return error instanceof Error ? error.message : '';
  }
  return '';
}

describe('reading a profile', () => {
  test('none is null', () => {
    expect(readProfile(directory)).toBeNull();
    expect(readProfile(join(directory, 'nowhere'))).toBeNull();
  });

  test('a written one is read as it was', () => {
    writeNewProfile(directory, training);
    expect(readProfile(directory)).toEqual(training);
  });

  test("one saved by Windows' editor, with its mark and line ends, is read", () => {
    put(`\ufeff${JSON.stringify(training, null, 2).replaceAll('\n', '\r\n')}`);
    expect(readProfile(directory)).toEqual(training);
  });

  test.each([
    ['empty', '', 'line 1, column 1: the file ends here'],
    ['cut off', '{\n  "environment": "staging",\n  "baseUrl": "https://ap', 'line 3, column 14'],
    ['cut off between', '{\n  "environment": "staging",', 'line 2, column 28'],
    ['with a bare word', '{\n  "tid": T1\n}', 'line 2, column 10: a value should stand here'],
    ['with a key twice', '{\n  "tid": "A",\n  "tid": "B"\n}', 'line 3, column 3: "tid" stands'],
  ])('one that is %s names the line', (_what, content, words) => {
    put(content);
    expect(complaint()).toContain(words);
  });

  test('every cut of a good file gives a clear complaint, never a crash', () => {
    const whole = JSON.stringify(training, null, 2);
    for (let length = 0; length < whole.length; length++) {
      put(whole.slice(0, length));
      expect(complaint()).toMatch(/terminal\.json has a fault:\n {2}line \d+, column \d+: /);
    }
  });

  test('all faults stand in one readable message', () => {
    put('{ "environment": "staging", "tid": 5, "colour": "red" }');
    expect(complaint().split('\n').slice(0, 4)).toEqual([
      `${path()} has 7 faults:`,
      '  baseUrl: is missing',
      '  appId: is missing',
      '  merchantId: is missing',
    ]);
    expect(complaint()).toContain('  colour: is not a setting');
  });

  test('the message names the file and what to do', () => {
    for (const content of ['{', '{ "tid": 5 }', ' '.repeat(100_000), Buffer.from([0xff, 0xfe])]) {
      put(content);
      expect(complaint().startsWith(`${path()} has `)).toBe(true);
      expect(complaint()).toContain('\nCorrect the file in a text editor and start again.');
    }
  });

  test('zeros, another encoding and a huge file are told apart', () => {
    put(Buffer.alloc(512));
    expect(complaint()).toContain('line 1, column 1');
    put(Buffer.from('\ufeff{"tid": "Ä"}', 'utf16le'));
    expect(complaint()).toContain('not UTF-8');
    put(' '.repeat(100_000));
    expect(complaint()).toContain('too long');
  });

  test('a folder in its place is unreadable, not absent', () => {
    mkdirSync(join(directory, 'terminal.json'));
    expect(() => readProfile(directory)).toThrow(ProfileUnreadable);
    expect(() => readProfile(directory)).toThrow(`${path()} cannot be read: it is a folder. Move`);
  });

  test('one without permission says whose it must be', () => {
    expect(new ProfileUnreadable('x', 'EACCES').message).toMatch(/no permission\. Let the person/);
    expect(new ProfileUnreadable('x', 'EIO').message).toBe('x cannot be read: the disk says EIO.');
  });
});

describe('setting up training', () => {
  test('happens where there is no profile, and is kept', () => {
    const fresh = join(directory, 'new', 'folder');
    expect(readOrSetUpProfile(fresh, training)).toEqual(training);
    expect(readProfile(fresh)).toEqual(training);
    expect(readdirSync(fresh)).toEqual(['terminal.json']);
  });

  test('leaves a profile that is there alone, a broken one too', () => {
    put('{ "environment": "staging"');
    expect(() => readOrSetUpProfile(directory, training)).toThrow(ProfileInvalid);
    expect(() => writeNewProfile(directory, training)).toThrow('exists already');
    expect(readFileSync(join(directory, 'terminal.json'), 'utf8')).toBe(
      '{ "environment": "staging"',
    );
  });

  test('rule 27: training never points away from this machine', () => {
    expect(() => trainingProfile(trainingIdentity, 'https://app.byte-stack.net')).toThrow(
      'must be this machine',
    );
    expect(training).toMatchObject({ environment: 'training', language: 'en', proxy: 'none' });
  });
});
