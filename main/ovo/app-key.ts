import { inspect } from 'node:util';

const mask = '[app key]';

/**
 * The app key, in a box. However the box is printed (a template, JSON, a log line, an error's
 * cause, a structured clone) the key stays inside; only `use` opens it, where a request is signed
 * (rule 25).
 */
export class AppKey {
  readonly #secret: string;

  /** @throws AppKeyInvalid if the text is empty or not printable ASCII. Its message never holds it. */
  constructor(secret: string) {
    if (!/^[\x21-\x7e]+$/.test(secret)) throw new AppKeyInvalid();
    this.#secret = secret;
  }

  /** The key as OVO gave it: the text itself is the HMAC key, it is not decoded from hex. */
  use(): string {
    return this.#secret;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [inspect.custom](): string {
    return mask;
  }
}

export class AppKeyInvalid extends Error {
  override name = 'AppKeyInvalid';
  constructor() {
    super('the app key is empty or holds a character that is not printable ASCII');
  }
}
