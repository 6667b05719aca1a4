import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A form in which a secret might have been written down. */
export interface Needle {
  readonly form: string;
  readonly bytes: Buffer;
}

/** A secret as text, hex, base64 (wherever it begins within the encoded bytes) and UTF-16. */
export function needlesOf(secret: string): readonly Needle[] {
  const plain = Buffer.from(secret, 'utf8');
  const utf16 = Buffer.from(secret, 'utf16le');
  return [
    { form: 'plain', bytes: plain },
    { form: 'hex', bytes: Buffer.from(plain.toString('hex')) },
    { form: 'HEX', bytes: Buffer.from(plain.toString('hex').toUpperCase()) },
    { form: 'UTF-16 LE', bytes: utf16 },
    { form: 'UTF-16 BE', bytes: Buffer.from(utf16).swap16() },
    { form: 'reversed', bytes: Buffer.from([...secret].reverse().join('')) },
    ...[0, 1, 2].flatMap((shift) => [
      { form: `base64 +${shift}`, bytes: Buffer.from(base64Core(plain, shift, 'base64')) },
      { form: `base64url +${shift}`, bytes: Buffer.from(base64Core(plain, shift, 'base64url')) },
    ]),
  ];
}

/** Those characters of the base64 that depend on the secret alone, if `shift` bytes stand before it. */
function base64Core(plain: Buffer, shift: number, kind: 'base64' | 'base64url'): string {
  const encoded = Buffer.concat([Buffer.alloc(shift), plain])
    .toString(kind)
    .replace(/=+$/, '');
  const wholeTo = Math.floor(((shift + plain.length) * 8) / 6);
  return encoded.slice(Math.ceil((shift * 8) / 6), wholeTo);
}

/** Which needles stand in these bytes. */
export function found(bytes: Buffer, needles: readonly Needle[]): readonly string[] {
  return needles.filter((needle) => bytes.includes(needle.bytes)).map(({ form }) => form);
}

/** `path: form` for every needle in every file below a folder. */
export function foundBelow(folder: string, needles: readonly Needle[]): readonly string[] {
  return filesBelow(folder).flatMap((path) =>
    found(readFileSync(path), needles).map((form) => `${path}: ${form}`),
  );
}

export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
