import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Printed addresses that nobody has opened yet; an older one dies when there are more. */
const tokensMax = 3;
/** A page left open for longer is not taken up by the next start: the printed address is. */
const takenUpMs = 12 * 3_600_000;

const Remembered = z.strictObject({
  port: z.number().int().min(0).max(65535),
  session: z.string().nullable(),
  /** Absent in a file of an earlier build: that session then ends. */
  key: z.string().nullable().default(null),
  /** When the session began, or a start took it up; milliseconds since 1970. */
  at: z.number().default(0),
});

/** The two secrets of a session, on their way to its page. */
export interface Admission {
  readonly cookie: string;
  readonly key: string;
}

/**
 * Who may use the browser host: the browser that opened the printed address, and no other.
 *
 * A one-time token becomes a session of two secrets, and there is one session. The cookie admits to
 * the page's files, but a browser sends it to every port of this machine. So views and requests need a
 * proof that the page knows the key; the key itself crosses once, with the page, and never again. The
 * till proves the same to the page first, since whoever takes the port of a till that has stopped is
 * asked too.
 *
 * The key's hash is kept in the data folder beside the port, so that a page that was open when the till
 * was killed finds it again at the next start. Both proofs are made from it: a thief of that file can
 * play the page on this machine, which is why nobody but the till's own user may read it.
 */
export class Session {
  readonly #file: string;
  #tokens: Buffer[] = [];
  #remembered: z.infer<typeof Remembered>;

  readonly #now: () => number;

  /** `now`: milliseconds since 1970. */
  constructor(file: string, now: () => number = Date.now) {
    this.#file = file;
    this.#now = now;
    this.#remembered = readRemembered(file);
    const age = now() - this.#remembered.at;
    if (age < 0 || age > takenUpMs) this.#forget();
  }

  /** The port of the last run, 0 when there was none. */
  get lastPort(): number {
    return this.#remembered.port;
  }

  rememberPort(port: number): void {
    // A page of another port cannot come back: its secrets would only wait for a thief.
    if (port !== this.#remembered.port) this.#forget();
    this.#remember({ ...this.#remembered, port, at: this.#now() });
  }

  #forget(): void {
    this.#remembered = { ...this.#remembered, session: null, key: null };
  }

  /** A token for one use: whoever brings it first becomes the session. */
  issueToken(): string {
    const token = secret();
    this.#tokens = [...this.#tokens, hashOf(token)].slice(-tokensMax);
    return token;
  }

  /** The new session's secrets; null for a token that is unknown or used. Ends the old session. */
  redeem(token: string): Admission | null {
    const hash = hashOf(token);
    const left = this.#tokens.filter((known) => !timingSafeEqual(known, hash));
    if (left.length === this.#tokens.length) return null;
    this.#tokens = left;
    const admission = { cookie: secret(), key: secret() };
    const session = hashOf(admission.cookie).toString('hex');
    const key = hashOf(admission.key).toString('hex');
    this.#remember({ ...this.#remembered, session, key, at: this.#now() });
    return admission;
  }

  /** True for the session's cookie: enough for the page's files, which are no secret. */
  admits(cookie: string | null): boolean {
    return fits(cookie, this.#remembered.session);
  }

  /** True for cookie and proof: the page itself, which may see the views and send requests. */
  admitsPage(cookie: string | null, said: string, proof: string | null): boolean {
    const expected = this.prove(said);
    if (!this.admits(cookie) || expected === null || proof === null) return false;
    return timingSafeEqual(hashOf(expected), hashOf(proof));
  }

  /** A proof that these words come from one who knows the key; null while there is none. */
  prove(words: string): string | null {
    const { key } = this.#remembered;
    if (key === null || !/^[0-9a-f]{64}$/.test(key)) return null;
    return createHmac('sha256', Buffer.from(key, 'hex')).update(words).digest('base64url');
  }

  /** A folder that cannot be written costs the memory, never the session of this run. */
  #remember(next: z.infer<typeof Remembered>): void {
    this.#remembered = next;
    try {
      const halfway = `${this.#file}.new`;
      mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
      // Somebody may have laid a link of that name: what it points at is not ours to write.
      rmSync(halfway, { force: true });
      writeFileSync(halfway, JSON.stringify(next), { mode: 0o600, flag: 'wx' });
      renameSync(halfway, this.#file);
    } catch {
      // The store says the same of this folder, in better words.
    }
  }
}

function readRemembered(file: string): z.infer<typeof Remembered> {
  const nothing = { port: 0, session: null, key: null, at: 0 };
  try {
    if (!isOursAlone(file)) return nothing;
    return Remembered.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return nothing;
  }
}

/** Written by this user, and readable by nobody else: else its secrets may be somebody's own. */
function isOursAlone(file: string): boolean {
  const { mode, uid, size } = lstatSync(file);
  if ((mode & 0o170000) !== 0o100000 || size > 4_096) return false;
  // Windows has no such rights to read; there the folder's own say it.
  if (process.getuid === undefined) return true;
  return uid === process.getuid() && (mode & 0o077) === 0;
}

function fits(brought: string | null, hash: string | null): boolean {
  if (brought === null || hash === null || !/^[0-9a-f]{64}$/.test(hash)) return false;
  return timingSafeEqual(hashOf(brought), Buffer.from(hash, 'hex'));
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
