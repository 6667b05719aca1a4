import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Rolldown } from 'vite';
import { build, type InlineConfig } from 'vite';
import { rendererConfig } from '../../vite.config.ts';

/** What a page loads before it can be used, as it would be compressed for the wire. */
export interface PageSize {
  /** HTML, scripts and styles, gzip, in bytes. */
  readonly code: number;
  /** Fonts, which are compressed already, in bytes. */
  readonly fonts: number;
}

/** Builds a page in memory exactly as the till's is built; `root` is the folder of its index.html. */
export async function pageSize(root?: string): Promise<PageSize> {
  const shipped = rendererConfig({ outDir: 'unwritten', forPackage: true });
  const config: InlineConfig = {
    ...shipped,
    ...(root === undefined ? {} : { root }),
    build: { ...shipped.build, write: false },
  };
  let [code, fonts] = [0, 0];
  for (const file of filesOf(await build(config))) {
    const content = file.type === 'chunk' ? file.code : file.source;
    if (file.fileName.endsWith('.woff2')) fonts += content.length;
    else code += gzipSync(content, { level: 9 }).length;
  }
  return { code, fonts };
}

/** React and react-dom alone, mounting one empty element: the least that any React page loads. */
export function bareReact(): Promise<PageSize> {
  return pageSize(fileURLToPath(new URL('_bare-react', import.meta.url)));
}

function filesOf(
  built: Awaited<ReturnType<typeof build>>,
): readonly Rolldown.RolldownOutput['output'][number][] {
  const outputs = Array.isArray(built) ? built : [built];
  return outputs.flatMap((one) => ('output' in one ? one.output : []));
}
