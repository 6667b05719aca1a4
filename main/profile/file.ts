import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { ProfileInvalid } from './faults.ts';
import type { Profile } from './fields.ts';
import { findJsonFault } from './json-fault.ts';
import { parseProfile } from './profile.ts';

export const profileFileName = 'terminal.json';
/** A profile is under 2 kB; what is much longer is some other file. */
const profileBytesMax = 64 * 1024;

/** The profile is there but cannot be read: no permission, or it is a folder. */
export class ProfileUnreadable extends Error {
  override name = 'ProfileUnreadable';
  constructor(path: string, code: string) {
    super(`${path} cannot be read: ${remedies[code] ?? `the disk says ${code}.`}`);
  }
}

const noRight =
  'no permission. Let the person who runs the till read and write it, and start again.';
const remedies: Readonly<Record<string, string>> = {
  EACCES: noRight,
  EPERM: noRight,
  EISDIR: 'it is a folder. Move that away and put the file in its place, or start without one.',
  EBUSY: 'another program holds it open. Close that program and start again.',
};

/**
 * The profile in the data folder, or null if there is none.
 * @throws ProfileInvalid naming the line where the text breaks off, or every fault in it.
 * @throws ProfileUnreadable
 */
export function readProfile(directory: string): Profile | null {
  const path = join(directory, profileFileName);
  const bytes = readBytes(path);
  if (bytes === null) return null;
  try {
    return parseProfile(parseJson(bytes));
  } catch (error) {
    throw error instanceof ProfileInvalid ? new ProfileInvalid(error.faults, path) : error;
  }
}

/**
 * Writes a profile into a folder that has none; it is there whole or not at all.
 * @throws Error if there is one already: a profile is never replaced unasked.
 */
export function writeNewProfile(directory: string, profile: Profile): void {
  const path = join(directory, profileFileName);
  mkdirSync(directory, { recursive: true });
  if (existsSync(path)) throw new Error(`${profileFileName} exists already`);
  const halfway = `${path}.new`;
  const file = openSync(halfway, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(profile, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(halfway, path);
}

/** The profile in the folder; where there is none, `training` is written and returned. */
export function readOrSetUpProfile(directory: string, training: Profile): Profile {
  const existing = readProfile(directory);
  if (existing !== null) return existing;
  writeNewProfile(directory, training);
  return training;
}

function readBytes(path: string): Buffer | null {
  try {
    if (statSync(path).size > profileBytesMax) {
      const problem = 'the file is too long to be a profile';
      throw new ProfileInvalid([{ path: '', problem }], path);
    }
    return readFileSync(path);
  } catch (error) {
    if (error instanceof ProfileInvalid) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT') return null;
    throw new ProfileUnreadable(path, code);
  }
}

function parseJson(bytes: Buffer): unknown {
  let text: string;
  try {
    // The decoder also takes off the mark that Windows' editor puts in front.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProfileInvalid([{ path: '', problem: 'the file is not UTF-8 text' }]);
  }
  const fault = findJsonFault(text);
  if (fault !== null) {
    const problem = `line ${fault.line}, column ${fault.column}: ${fault.problem}`;
    throw new ProfileInvalid([{ path: '', problem }]);
  }
  return JSON.parse(text);
}
