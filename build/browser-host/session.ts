import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Printed addresses that nobody has opened yet; an older one dies when there are more. */
const tokensMax = 3;

const Remembered = z.strictObject({
  port: z.number().int().min(0).max(65535),
  session: z.string().nullable(),
  /** Absent in a file of an earlier build: that session then ends. */
  key: z.string().nullable().default(null),
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
 * the page's files, but a browser sends it to every port of this machine; so views and requests need
 * the page's key as well, which travels in a header. Only their hashes are kept, in the data folder
 * beside the port, so that a page that was open when the till was killed finds it again at the next
 * start; a thief of that file gains nothing.
 */
export class Session {
  readonly #file: string;
  #tokens: Buffer[] = [];
  #remembered: z.infer<typeof Remembered>;

  constructor(file: string) {
    this.#file = file;
    this.#remembered = readRemembered(file);
  }

  /** The port of the last run, 0 when there was none. */
  get lastPort(): number {
    return this.#remembered.port;
  }

  rememberPort(port: number): void {
    this.#remember({ ...this.#remembered, port });
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
    this.#remember({ ...this.#remembered, session, key });
    return admission;
  }

  /** True for the session's cookie: enough for the page's files, which are no secret. */
  admits(cookie: string | null): boolean {
    return fits(cookie, this.#remembered.session);
  }

  /** True for cookie and key: the page itself, which may see the views and send requests. */
  admitsPage(cookie: string | null, key: string | null): boolean {
    return this.admits(cookie) && fits(key, this.#remembered.key);
  }

  /** A folder that cannot be written costs the memory, never the session of this run. */
  #remember(next: z.infer<typeof Remembered>): void {
    this.#remembered = next;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(`${this.#file}.new`, JSON.stringify(next), { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
    } catch {
      // The store says the same of this folder, in better words.
    }
  }
}

function readRemembered(file: string): z.infer<typeof Remembered> {
  const nothing = { port: 0, session: null, key: null };
  if (!existsSync(file)) return nothing;
  try {
    return Remembered.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return nothing;
  }
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
