import { type ChildProcess, spawn } from 'node:child_process';

/** A process whose lines a test reads as they come. */
export class Spoken {
  readonly child: ChildProcess;
  readonly #waiting = new Set<() => void>();
  #text = '';
  #code: number | null = null;
  #ended = false;

  constructor(program: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    this.child = spawn(program, args, { env: { ...process.env, ...env } });
    const hear = (part: Buffer) => {
      this.#text += part.toString('utf8');
      this.#wake();
    };
    this.child.stdout?.on('data', hear);
    this.child.stderr?.on('data', hear);
    this.child.on('close', (code) => {
      this.#code = code;
      this.#ended = true;
      this.#wake();
    });
  }

  /** All that it has said so far, on both streams. */
  get text(): string {
    return this.#text;
  }

  /**
   * Waits for the words and returns the first match.
   * @throws Error with all that was said when the process ends without them.
   */
  async says(words: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = words.exec(this.#text);
      if (found !== null) return found;
      if (this.#ended) throw new Error(`ended without saying ${words}:\n${this.#text}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Its exit code; null when a signal ended it. */
  async ends(): Promise<number | null> {
    while (!this.#ended) await new Promise<void>((resolve) => this.#waiting.add(resolve));
    return this.#code;
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
