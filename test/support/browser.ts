import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface FoundBrowser {
  /** For people: which one it is. */
  readonly name: string;
  readonly executablePath: string;
  readonly args: readonly string[];
}

/**
 * A real browser of the Chromium family: the one named by GERAI_CHROMIUM, one that the machine has,
 * or the one that comes as a package (Linux on x64 only). Null when there is none.
 */
export async function findBrowser(): Promise<FoundBrowser | null> {
  const named = process.env.GERAI_CHROMIUM;
  if (named !== undefined && named !== '') {
    return existsSync(named) ? found('GERAI_CHROMIUM', named) : null;
  }
  const installed = usualPlaces().find((place) => existsSync(place));
  if (installed !== undefined) return found(installed, installed);
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const { default: chromium } = await import('@sparticuz/chromium');
  chromium.setGraphicsMode = false;
  return found('@sparticuz/chromium', await chromium.executablePath());
}

function found(name: string, executablePath: string): FoundBrowser {
  // Chromium refuses to sandbox for root, as which containers run; everybody else keeps the sandbox,
  // except for the packaged one, which comes without its helper.
  const bare = name === '@sparticuz/chromium' || process.getuid?.() === 0;
  return { name, executablePath, args: bare ? ['--no-sandbox'] : [] };
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const tops = [
      process.env.ProgramFiles,
      process.env['ProgramFiles(x86)'],
      process.env.LOCALAPPDATA,
    ];
    const below = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
    return tops.flatMap((top) => (top === undefined ? [] : below.map((path) => join(top, path))));
  }
  return ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']
    .map((name) => `/usr/bin/${name}`)
    .concat('/opt/google/chrome/chrome', '/snap/bin/chromium');
}
