/**
 * What main asks of the program around it: Electron's shell, or the browser host that stands in for
 * it where Electron's runtime is not. Kept small so that the shell stays thin.
 */
export interface Host {
  /** Answers the page's requests. The handler has checked nothing yet: `message` is anything. */
  onRequest(handle: (sender: Sender, message: unknown) => Promise<unknown>): void;
  /** Sends to the page, if there is one. */
  push(message: unknown): void;
  /** Brings the till in front of the person, for a second start (rule 24). */
  bringToFront(): string;
}

/** Who sent a message. Only the till's own page, at its top frame, is trusted. */
export interface Sender {
  readonly trusted: boolean;
  /** For the log. */
  readonly description: string;
}
