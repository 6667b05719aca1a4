import type { IncomingAnswer } from './types.ts';

/** Why an answer could not be read. */
export type UnreadableReason =
  | 'cutOff'
  | 'empty'
  | 'invalidUtf8'
  | 'tooDeep'
  | 'notJson'
  | 'wrongShape';

export type ReadJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly why: UnreadableReason };

/** OVO's answers nest two deep. */
const depthMax = 20;

/** Strict where `Buffer.toString` would put replacement marks; a byte order mark is passed over. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The body of an answer as JSON. Never throws, whatever the bytes. */
export function readJson(incoming: IncomingAnswer): ReadJson {
  if (incoming.cutOff) return { ok: false, why: 'cutOff' };
  let text: string;
  try {
    text = utf8.decode(incoming.body);
  } catch {
    return { ok: false, why: 'invalidUtf8' };
  }
  if (text.trim() === '') return { ok: false, why: 'empty' };
  if (isDeeperThan(text, depthMax)) return { ok: false, why: 'tooDeep' };
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false, why: 'notJson' };
  }
}

/** Looks at brackets outside strings only, before anything that might recurse sees the text. */
function isDeeperThan(text: string, max: number): boolean {
  let depth = 0;
  let inString = false;
  for (let place = 0; place < text.length; place += 1) {
    const mark = text[place];
    if (inString) {
      if (mark === '\\') place += 1;
      else if (mark === '"') inString = false;
    } else if (mark === '"') inString = true;
    else if (mark === '{' || mark === '[') {
      depth += 1;
      if (depth > max) return true;
    } else if (mark === '}' || mark === ']') depth -= 1;
  }
  return false;
}
