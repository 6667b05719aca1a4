import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Printed addresses that nobody has opened yet; an older one dies when there are more. */
const tokensMax = 3;

const Remembered = z.strictObject({
  port: z.number().int().min(0).max(65535),
  session: z.string().nullable(),
});

/**
 * Who may use the browser host: the browser that opened the printed address, and no other.
 *
 * A one-time token becomes a session cookie, and there is one session. Only the session's hash is
 * kept, in the data folder beside the port, so that a page that was open when the till was killed
 * finds it again at the next start; a thief of that file gains nothing.
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

  /** The new session's cookie value; null for a token that is unknown or used. Ends the old session. */
  redeem(token: string): string | null {
    const hash = hashOf(token);
    const left = this.#tokens.filter((known) => !timingSafeEqual(known, hash));
    if (left.length === this.#tokens.length) return null;
    this.#tokens = left;
    const session = secret();
    this.#remember({ ...this.#remembered, session: hashOf(session).toString('hex') });
    return session;
  }

  admits(cookie: string | null): boolean {
    const { session } = this.#remembered;
    if (cookie === null || session === null || !/^[0-9a-f]{64}$/.test(session)) return false;
    return timingSafeEqual(hashOf(cookie), Buffer.from(session, 'hex'));
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
  const nothing = { port: 0, session: null };
  if (!existsSync(file)) return nothing;
  try {
    return Remembered.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return nothing;
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
