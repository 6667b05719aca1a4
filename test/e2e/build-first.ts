import { buildIfNeeded } from '../../build/build.ts';

/** Once, before any till starts: each start would find the sources newer and build at the same time. */
export default async function buildFirst(): Promise<void> {
  await buildIfNeeded();
}
