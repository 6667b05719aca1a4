import { readFileSync } from 'node:fs';

export interface StartOptions {
  readonly host: 'electron' | 'browser' | 'auto';
  /** As given; null asks for the user's own folder. */
  readonly data: string | null;
  /** 0 lets the system choose, or takes the one this till had last. */
  readonly port: number;
  readonly open: boolean;
  readonly beginNewDatabase: boolean;
}

export type ParsedStart =
  | { readonly kind: 'start'; readonly options: StartOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly why: string };

/** In a file of its own: the bootstrap shows it too, before anything is installed. */
export const startHelp = readFileSync(new URL('start-help.txt', import.meta.url), 'utf8').trimEnd();

/** Reads the words after `npm start --`. An unknown one is refused by name. */
export function parseStart(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ParsedStart {
  let options: StartOptions = {
    host: 'auto',
    data: env.GERAI_DATA || null,
    port: 0,
    open: true,
    beginNewDatabase: false,
  };
  const left = args.flatMap(splitAtEquals);
  while (left.length > 0) {
    const name = left.shift() ?? '';
    if (name === '--help' || name === '-h') return { kind: 'help' };
    if (name === '--no-open') options = { ...options, open: false };
    else if (name === '--begin-new-database') options = { ...options, beginNewDatabase: true };
    else if (name === '--host' || name === '--data' || name === '--port') {
      const value = left.shift();
      if (value === undefined || value === '' || value.startsWith('--')) {
        return refused(`${name} needs a value.`);
      }
      const fault = faultOf(name, value);
      if (fault !== null) return refused(fault);
      options = { ...options, ...settingOf(name, value) };
    } else return refused(`"${name}" is not an option.`);
  }
  return { kind: 'start', options };
}

function splitAtEquals(arg: string): string[] {
  const at = arg.indexOf('=');
  return arg.startsWith('--') && at > 0 ? [arg.slice(0, at), arg.slice(at + 1)] : [arg];
}

function faultOf(name: '--host' | '--data' | '--port', value: string): string | null {
  if (name === '--host' && value !== 'electron' && value !== 'browser') {
    return `--host is electron or browser, not "${value}".`;
  }
  if (name === '--port' && !(/^\d{1,5}$/.test(value) && Number(value) < 65536)) {
    return `--port is a number up to 65535, not "${value}".`;
  }
  return null;
}

function settingOf(name: '--host' | '--data' | '--port', value: string): Partial<StartOptions> {
  if (name === '--host') return { host: value === 'electron' ? 'electron' : 'browser' };
  return name === '--data' ? { data: value } : { port: Number(value) };
}

function refused(why: string): ParsedStart {
  return { kind: 'refused', why: `${why} "npm start -- --help" lists what there is.` };
}
