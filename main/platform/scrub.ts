/**
 * Takes out of log facts what a log must not hold: phone numbers in full, customers' names and
 * balances, the app key and signatures, raw bytes. What it cannot judge it leaves out: a log line
 * that says too little costs a phone call, one that says too much cannot be taken back.
 */

/** What a log line may say beside its sentence. */
export type Facts = Readonly<Record<string, unknown>>;

/** Everything in a line has a limit, so that nothing outside can fill the disk through the log. */
const limits = { depth: 4, entries: 50, textLength: 2_000, textRead: 8_000 } as const;

const withheld = '[withheld]';

/** Names of facts that are never written, in any spelling (`appKey`, `app-key`, `APP_KEY`). */
const secretNames = [
  'appkey',
  'hmac',
  'secret',
  'signature',
  'passphrase',
  'password',
  'pin',
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'token',
  'fullname',
  'customername',
  'ovoid',
  'cashbalance',
  'cashused',
  'balance',
  'ovopointsbalance',
  'ovopointsused',
  'ovopointsearned',
];

/** The same names as they stand inside a text. */
const nameInText = [
  'app-?_?key',
  'hmac',
  'secret',
  'pass(?:phrase|word)',
  '(?:proxy-)?authorization',
  '(?:set-)?cookie',
  '(?:full|customer)-?_?name',
  'ovo-?_?id',
  '[a-z]*balance',
  'cash-?_?used',
  'ovoPoints[a-z]+',
].join('|');

/** What follows a name: `:` or `=`, or the comma of a pair, with the quotes and escapes around it. */
const betweenInText = `["'\\\\]*\\s*[:=]\\s*|["'\\\\]+\\s*,\\s*`;

/**
 * A value: in quotes, in quotes of a JSON within a JSON (they end at a quote with as many
 * backslashes as they began with), or bare up to the next mark. One that is cut off ends the text.
 */
const valueInText = [
  '"(?:[^"\\\\]|\\\\.)*"?',
  '(?<escape>\\\\+)"[\\s\\S]*?(?:(?<!\\\\)\\k<escape>"|$)',
  "'[^']*'?",
  '[^,;}\\r\\n]*',
].join('|');

const secretInText = new RegExp(`\\b(${nameInText})\\b(${betweenInText})(?:${valueInText})`, 'gi');

/** Hex as long as an app key or a signature: 32 digits or more. */
const longHex = /[0-9a-f]{32,}/gi;

/**
 * A mobile number with or without its prefix, and with the marks that people and screens put
 * between its digits; also one that runs on too long, which is somebody's slip of the finger.
 */
const phoneInText =
  /(?<!\d)(?:\+?62[\s.-]?0?[\s.-]?8[1-9]|08[1-9])(?:[\s.-]?\d){6,}|(?<!\d)8[1-9]\d{7,10}(?!\d)/g;

/**
 * A copy of `facts` that is safe to write, made of plain JSON values. Never throws.
 * @param hidden texts that must not appear anywhere, such as the app key.
 */
export function scrub(facts: Facts, hidden: readonly string[] = []): Record<string, unknown> {
  const safe = scrubValue(facts, hidden, limits.depth);
  return typeof safe === 'object' && safe !== null ? { ...safe } : {};
}

/** A text that is safe to write, cut to a bounded length. */
export function scrubText(text: string, hidden: readonly string[] = []): string {
  let safe = text.slice(0, limits.textRead);
  for (const secret of hidden) safe = safe.replaceAll(secret, withheld);
  safe = safe
    .replace(secretInText, (_all, name: string, between: string) => `${name}${between}${withheld}`)
    .replace(longHex, withheld)
    .replace(phoneInText, maskInText);
  // Cut last: what was cut off first could no longer be recognized by its beginning.
  return safe.length > limits.textLength ? `${safe.slice(0, limits.textLength)}…` : safe;
}

/** Only the last four digits, by which a cashier can tell payments apart. */
function maskInText(phone: string): string {
  return `08••••${phone.replace(/\D/g, '').slice(-4)}`;
}

function scrubValue(value: unknown, hidden: readonly string[], depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return scrubText(value, hidden);
    case 'number':
    case 'bigint':
      return scrubNumber(value, hidden);
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : scrubObject(value, hidden, depth);
    default:
      return undefined;
  }
}

/** A number stays one, unless its digits are a phone number's or a hidden text. */
function scrubNumber(value: number | bigint, hidden: readonly string[]): unknown {
  const text = String(value);
  const safe = scrubText(text, hidden);
  return safe === text && typeof value === 'number' ? value : safe;
}

function scrubObject(value: object, hidden: readonly string[], depth: number): unknown {
  if (value instanceof Error) {
    // Only these two: the rest of an error may hold a whole request with its headers.
    return { name: scrubText(value.name, hidden), message: scrubText(value.message, hidden) };
  }
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    return `[${value.byteLength} bytes withheld]`;
  }
  if (depth === 0) return '[too deep]';
  if (Array.isArray(value)) {
    return scrubList(value, hidden, depth);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return '[object]';
  return scrubEntries(value, hidden, depth);
}

function scrubList(list: readonly unknown[], hidden: readonly string[], depth: number): unknown {
  const [name] = list;
  // A header as a pair of name and value.
  if (typeof name === 'string' && isSecretName(name)) return [name, withheld];
  return list.slice(0, limits.entries).map((one) => scrubValue(one, hidden, depth - 1) ?? withheld);
}

function scrubEntries(value: object, hidden: readonly string[], depth: number): unknown {
  // A buffer that has been through JSON: its bytes as numbers.
  if ('type' in value && value.type === 'Buffer' && 'data' in value) return '[bytes withheld]';
  const safe: [string, unknown][] = [];
  for (const key of Object.keys(value).slice(0, limits.entries)) {
    const fact = isSecretName(key) ? withheld : scrubValue(read(value, key), hidden, depth - 1);
    if (fact !== undefined) safe.push([scrubText(key, hidden), fact]);
  }
  return Object.fromEntries(safe);
}

function isSecretName(name: string): boolean {
  const bare = name.replace(/[^a-z]/gi, '').toLowerCase();
  return secretNames.includes(bare);
}

/** Reads a property that may be a getter, and a getter may throw. */
function read(value: object, key: string): unknown {
  try {
    return Reflect.get(value, key);
  } catch {
    return withheld;
  }
}
