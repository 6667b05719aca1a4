import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { describe, expect, test } from 'vitest';
import { processClock } from './process-clock.ts';
import { TestClockRefused, testClockMarker } from './test-clock.ts';

const training = { environment: 'training', baseUrl: 'http://127.0.0.1:4000' };
const GERAI_TEST_CLOCK = JSON.stringify({ start: '2026-03-24T16:50:00Z', speed: 10 });

describe('the clock of a process', () => {
  test('is the system clock unless asked otherwise', () => {
    expect(processClock({}, training).lateMs).toBe(5_000);
    expect(processClock({ GERAI_TEST_CLOCK: '' }, training).lateMs).toBe(5_000);
  });

  test('is the test clock in training on loopback, if asked for', () => {
    expect(processClock({ GERAI_TEST_CLOCK }, training).lateMs).toBe(50_000);
  });

  test.each([
    { environment: 'staging', baseUrl: 'http://127.0.0.1:4000' },
    { environment: 'production', baseUrl: 'https://apigw.ovo.id' },
    { environment: 'training', baseUrl: 'http://192.168.0.7:4000' },
  ])('refuses to start with a test clock in $environment at $baseUrl', (terminal) => {
    expect(() => processClock({ GERAI_TEST_CLOCK }, terminal)).toThrow(TestClockRefused);
  });
});

describe('a package build', () => {
  /** The bundled code of the clock, with the build's switch set as given. */
  async function bundled(testClock: string | null): Promise<string> {
    const result = await build({
      configFile: false,
      logLevel: 'silent',
      define: testClock === null ? {} : { __TEST_CLOCK__: testClock },
      build: {
        write: false,
        minify: false,
        ssr: true,
        lib: {
          entry: fileURLToPath(new URL('./process-clock.ts', import.meta.url)),
          formats: ['es'],
        },
      },
    });
    const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
    return outputs.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('\n');
  }

  test('leaves the test clock out, and keeps the system clock', async () => {
    const code = await bundled('false');
    expect(code).toContain('performance.now');
    expect(code).not.toContain(testClockMarker);
    // Its name may stand in a comment, but nothing reads it.
    expect(code).not.toContain('.GERAI_TEST_CLOCK');
    expect(code).not.toContain('TestClockRefused(');
  });

  test('keeps it where the switch is on, or not set: so the test above can fail', async () => {
    for (const code of [await bundled('true'), await bundled(null)]) {
      expect(code).toContain(testClockMarker);
      expect(code).toContain('.GERAI_TEST_CLOCK');
    }
  });
});
