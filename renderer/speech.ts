import { formatRupiah } from '../shared/money-text.ts';
import { en } from '../shared/words/en.ts';
import { type Language, type MessageKey, words } from '../shared/words/index.ts';
import { useTill } from './store.ts';

type Values = Readonly<Record<string, string | number>>;

export interface Speech {
  readonly language: Language;
  say(key: MessageKey, values?: Values): string;
  /** The sentence for a key that main sent. One this page does not know gets `otherwise`'s. */
  sayKey(key: string, otherwise: MessageKey, values?: Values): string;
  /** The Indonesian line beneath a mandated sentence; null in English and where there is none. */
  beneath(key: string): string | null;
}

/** Amounts that come as numbers are told as money. */
const moneyPlaces = new Set(['amount', 'minimum', 'maximum']);

function told(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' && moneyPlaces.has(name) ? formatRupiah(value) : value,
    ]),
  );
}

const isKey = (key: string): key is MessageKey => Object.hasOwn(en, key);

export function speech(language: Language): Speech {
  return {
    language,
    say: (key, values = {}) => words(language, key, told(values)),
    sayKey: (key, otherwise, values = {}) =>
      words(language, isKey(key) ? key : otherwise, told(values)),
    beneath: (key) => {
      const line = `${key}.beneath`;
      return isKey(line) ? words(language, line) || null : null;
    },
  };
}

const spoken: Readonly<Record<Language, Speech>> = { en: speech('en'), id: speech('id') };

/** The till's language, as main says it. */
export function useSpeech(): Speech {
  return spoken[useTill((state) => state.view?.language ?? 'en')];
}
