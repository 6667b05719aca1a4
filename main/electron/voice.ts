import type { App, Dialog } from 'electron';
import { type Language, languageOfLocale, type ShellWord, shellWords } from './words.ts';

export interface VoiceNeeds {
  readonly app: Pick<App, 'getPreferredSystemLanguages' | 'isPackaged' | 'whenReady'>;
  readonly dialog: Pick<Dialog, 'showErrorBox'>;
  /** Says a sentence where the program was started from. */
  say(sentence: string): void;
  /** The till's own language, once there is one. */
  tillLanguage(): Language | null;
}

/** What the shell itself says to a person, beside what the page shows. */
export class Voice {
  private readonly needs: VoiceNeeds;

  constructor(needs: VoiceNeeds) {
    this.needs = needs;
  }

  /** The till's; before it is up, the one the person has chosen for the system. */
  language(): Language {
    // Not `getLocale`, which knows nothing before Electron is ready.
    const [system = ''] = this.needs.app.getPreferredSystemLanguages();
    return this.needs.tillLanguage() ?? languageOfLocale(system);
  }

  words(word: ShellWord, values: Readonly<Record<string, string>> = {}): string {
    return shellWords(this.language(), word, values);
  }

  /** Says it where the program was started from, and nowhere else. */
  say(sentence: string): void {
    this.needs.say(sentence);
  }

  /**
   * Says it there, and in a package in a box as well, since nobody sees what a package prints. Resolves
   * when the box was read.
   */
  async tell(sentence: string, title: ShellWord = 'start.failed'): Promise<void> {
    const { app, dialog } = this.needs;
    this.say(sentence);
    if (!app.isPackaged) return;
    // Before Electron is ready Linux shows no box.
    await app.whenReady();
    dialog.showErrorBox(this.words(title), sentence);
  }
}
