import { en } from './en.ts';
import { id } from './id.ts';

/** The languages of the till. Indonesian form for amounts and times in both. */
export type Language = 'en' | 'id';

/** Every sentence of the till, by key; the two languages are held complete by the type. */
export type Catalogue = Record<keyof typeof en, string>;
export type MessageKey = keyof typeof en;

export const catalogues: Readonly<Record<Language, Catalogue>> = { en, id };

/**
 * The sentence for a key, with `{name}` replaced from `values`.
 * @throws nothing: a missing value leaves its place visible, so that it is noticed.
 */
export function words(
  language: Language,
  key: MessageKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return catalogues[language][key].replace(/\{(\w+)\}/g, (place, name: string) =>
    String(values[name] ?? place),
  );
}
