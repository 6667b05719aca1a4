import type { MessageBoxOptions } from 'electron';
import type { Closing } from '../closing.ts';
import type { Log } from '../platform/log.ts';
import { type Language, shellWords } from './words.ts';

export interface CloseNeeds {
  closing(): Closing;
  language(): Language;
  /** Shows a box over the window; resolves to the number of the button, −1 if it went away. */
  ask(box: MessageBoxOptions): Promise<number>;
  /** Closes the till in good order and ends the program. */
  end(why: string): void;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

/**
 * Rule 23: closing is refused until 65 s after the last push, with the reason; later it is asked,
 * naming what stays undone. The end of the session and signals do not come by here: they are not held
 * up, they are survived.
 */
export class CloseDesk {
  private readonly needs: CloseNeeds;
  private asking = false;
  private ending = false;

  constructor(needs: CloseNeeds) {
    this.needs = needs;
  }

  /** The window is to close, for whatever reason a person has. */
  onClose(event: { preventDefault(): void }): void {
    // While the till is being closed as well: the window goes last, with the program.
    event.preventDefault();
    if (this.asking || this.ending) return;
    this.asking = true;
    this.decide()
      // A box that cannot be shown is no fault of the till's: it stays open.
      .catch((error: unknown) => this.needs.log.warn('the question could not be asked', { error }))
      .finally(() => {
        this.asking = false;
      });
  }

  /** The end that nobody is asked about: a signal came. */
  endNow(why: string): void {
    if (this.ending) return;
    this.ending = true;
    this.needs.end(why);
  }

  private async decide(): Promise<void> {
    if (await this.refused()) return;
    const { undone } = this.needs.closing();
    const chosen = await this.needs.ask(this.question(undone));
    if (chosen !== closeButton) return;
    // While the question stood there a payment may have begun.
    if (await this.refused()) return;
    this.endNow('a person closed the till');
  }

  private async refused(): Promise<boolean> {
    const { refusedForMs } = this.needs.closing();
    if (refusedForMs === 0) return false;
    this.needs.log.info('closing was refused', { refusedForMs });
    const say = this.speaker();
    await this.needs.ask({
      type: 'info',
      title: say('close.refusedTitle'),
      message: say('close.refused', { seconds: Math.ceil(refusedForMs / 1_000) }),
      buttons: [say('close.refusedOk')],
      defaultId: 0,
      noLink: true,
    });
    return true;
  }

  /** Enter and Escape both keep the till open: closing has to be meant. */
  private question(undone: number): MessageBoxOptions {
    const say = this.speaker();
    const detail =
      undone === 0 ? say('close.nothingUndone') : say('close.undone', { count: undone });
    return {
      type: undone === 0 ? 'question' : 'warning',
      title: say('close.question'),
      message: say('close.question'),
      detail,
      buttons: [say('close.no'), say('close.yes')],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    };
  }

  private speaker() {
    const language = this.needs.language();
    return (key: Parameters<typeof shellWords>[1], values?: Parameters<typeof shellWords>[2]) =>
      shellWords(language, key, values);
  }
}

const closeButton = 1;
