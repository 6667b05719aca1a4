import { globSync } from 'node:fs';

/** Every file that holds tests, by the tool that runs it; paths from the project's folder, with `/`. */
export interface TestFiles {
  readonly vitest: readonly string[];
  readonly playwright: readonly string[];
}

/** Looks through the sources; what is installed or built beside them is not looked at. */
export function findTestFiles(root: string): TestFiles {
  const all = globSync('{main,preload,renderer,shared,build,test}/**/*.{test,e2e}.{ts,tsx}', {
    cwd: root,
  }).map(withSlashes);
  const ofE2e = (path: string): boolean => /\.e2e\.tsx?$/.test(path);
  return {
    vitest: all.filter((path) => !ofE2e(path)).sort(),
    playwright: all.filter(ofE2e).sort(),
  };
}

/** Those whose path has one of the words in it, capitals or not; all of them where no word is given. */
export function withWords(files: TestFiles, words: readonly string[]): TestFiles {
  const wanted = words.map((word) => withSlashes(word).toLowerCase());
  const fits = (path: string): boolean =>
    wanted.length === 0 || wanted.some((word) => path.toLowerCase().includes(word));
  return { vitest: files.vitest.filter(fits), playwright: files.playwright.filter(fits) };
}

/** As a path is written on every system but Windows. */
export const withSlashes = (path: string): string => path.replaceAll('\\', '/');
