import { crc32, deflateSync, inflateSync } from 'node:zlib';

/**
 * A screenshot with at most 256 colours, a third of its size: the commonest colours stay as they are,
 * each rarer one (of letters' soft edges) becomes the nearest of them. Reads 8-bit RGB and RGBA
 * without interlacing, which is what browsers write; transparency is left out.
 */
export function withPalette(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png);
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 256);
  const colours = palette.map(([colour]) => colour);
  const indexOf = new Map(colours.map((colour, index) => [colour, index]));
  const rows = Buffer.alloc((width + 1) * height);
  pixels.forEach((pixel, at) => {
    const index = indexOf.get(pixel) ?? nearest(colours, pixel);
    indexOf.set(pixel, index);
    rows[at + Math.floor(at / width) + 1] = index;
  });
  return encode(width, height, colours, rows);
}

function nearest(colours: readonly number[], pixel: number): number {
  const distance = (colour: number): number =>
    [16, 8, 0].reduce((sum, bits) => {
      const apart = ((colour >> bits) & 255) - ((pixel >> bits) & 255);
      return sum + apart * apart;
    }, 0);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  colours.forEach((colour, index) => {
    const apart = distance(colour);
    if (apart < least) [best, least] = [index, apart];
  });
  return best;
}

/** The pixels as 0xRRGGBB, row by row. */
function decode(png: Buffer): { width: number; height: number; pixels: Uint32Array } {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const bytes = png[25] === 6 ? 4 : 3;
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * bytes;
  const pixels = new Uint32Array(width * height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1);
    const row = unfiltered(
      raw[start] ?? 0,
      raw.subarray(start + 1, start + 1 + stride),
      above,
      bytes,
    );
    for (let x = 0; x < width; x += 1) {
      const [red = 0, green = 0, blue = 0] = row.subarray(x * bytes, x * bytes + 3);
      pixels[y * width + x] = (red << 16) | (green << 8) | blue;
    }
    above = row;
  }
  return { width, height, pixels };
}

/** Undoes one row's filter, as the PNG standard numbers them. */
function unfiltered(
  filter: number,
  coded: Uint8Array,
  above: Uint8Array,
  bytes: number,
): Uint8Array<ArrayBuffer> {
  const row = new Uint8Array(coded.length);
  for (let i = 0; i < coded.length; i += 1) {
    const left = row[i - bytes] ?? 0;
    const up = above[i] ?? 0;
    const corner = i < bytes ? 0 : (above[i - bytes] ?? 0);
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
    row[i] = (coded[i] ?? 0) + guess;
  }
  return row;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs) as [
    number,
    number,
    number,
  ];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function encode(width: number, height: number, colours: readonly number[], rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, each an index into the palette.
  header.set([8, 3], 8);
  const palette = Buffer.from(colours.flatMap((one) => [one >> 16, (one >> 8) & 255, one & 255]));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
