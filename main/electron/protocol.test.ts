import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPageFiles } from './page-files.ts';
import {
  contentSecurityPolicy,
  pageAnswers,
  pageUrl,
  schemePrivileges,
  strictHeaders,
} from './protocol.ts';

let folder: string;
let answers: ReturnType<typeof pageAnswers>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gerai page '));
  mkdirSync(join(folder, 'renderer/assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer/index.html'), '<title>Till</title>');
  writeFileSync(join(folder, 'renderer/assets/app-1a2b.js'), 'export {};');
  writeFileSync(join(folder, 'renderer/notes.txt'), 'no page file');
  writeFileSync(join(folder, 'main.js'), 'not the page’s');
  symlinkSync(join(folder, 'main.js'), join(folder, 'renderer/link.js'));
  answers = pageAnswers(readPageFiles(join(folder, 'renderer')));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = (url: string, method = 'GET') => answers({ url, method });

test('the page and its scripts are served with their types', async () => {
  const page = ask(pageUrl);
  expect([page.status, await page.text()]).toEqual([200, '<title>Till</title>']);
  const script = ask('gerai://till/assets/app-1a2b.js?v=1#x');
  expect(script.status).toBe(200);
  expect(script.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
});

test.each([
  ['gerai://till/../main.js'],
  ['gerai://till/assets/../../main.js'],
  ['gerai://till/%2e%2e/main.js'],
  ['gerai://till/..%2fmain.js'],
  ['gerai://till/..%5cmain.js'],
  ['gerai://till/..\\main.js'],
  ['gerai://till/assets/%00/../index.html%00'],
  ['gerai://till//index.html'],
  ['gerai://till/assets'],
  ['gerai://till/'],
  ['gerai://till/link.js'],
  ['gerai://till/notes.txt'],
  ['gerai://till/constructor'],
])('security: nothing outside the page’s own files: %s', (url) => {
  expect(ask(url).status).toBe(404);
});

test.each([
  ['gerai://other/index.html'],
  ['gerai://till:80/index.html'],
  ['gerai://me@till/index.html'],
  ['file:///index.html'],
  ['no address'],
])('security: no other host or scheme: %s', (url) => {
  expect(ask(url).status).toBe(403);
});

test('security: only reading', () => {
  for (const method of ['POST', 'HEAD', 'PUT']) expect(ask(pageUrl, method).status).toBe(405);
});

test('security: every answer carries the policy, refusals too', () => {
  for (const response of [ask(pageUrl), ask('gerai://till/none'), ask(pageUrl, 'POST')]) {
    for (const [name, value] of Object.entries(strictHeaders))
      expect(response.headers.get(name)).toBe(value);
  }
});

test('security, rule 26: the policy lets the page connect to nothing and run nothing inline', () => {
  const policy = new Map(
    contentSecurityPolicy.split('; ').map((rule) => {
      const [name = '', ...values] = rule.split(' ');
      return [name, values.join(' ')];
    }),
  );
  expect(policy.get('default-src')).toBe("'none'");
  expect(policy.get('connect-src')).toBe("'none'");
  expect(policy.get('script-src')).toBe("'self'");
  expect(policy.get('style-src')).toBe("'self'");
  for (const name of ['frame-src', 'worker-src', 'object-src', 'base-uri', 'form-action'])
    expect(policy.get(name)).toBe("'none'");
  expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:|blob:/);
});

test('security: the scheme is standard and secure, serves modules, and has no other privilege', () => {
  const { standard, secure, corsEnabled, ...others } = schemePrivileges.privileges ?? {};
  expect([standard, secure, corsEnabled]).toEqual([true, true, true]);
  expect(Object.values(others)).toEqual(Object.values(others).map(() => false));
  expect(Object.keys(others)).toHaveLength(6);
});

test('a program without its page says so', () => {
  expect(() => readPageFiles(join(folder, 'gone'))).toThrow(/ENOENT/);
  expect(() => readPageFiles(join(folder, 'renderer/assets'))).toThrow('index.html is missing');
});
