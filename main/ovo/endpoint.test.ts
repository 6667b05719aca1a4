import { expect, test } from 'vitest';
import { BaseUrlRefused, endpoint } from './endpoint.ts';

test.each([
  ['https://app.byte-stack.net', 'https://app.byte-stack.net/pos'],
  ['https://apigw.ovo.id/', 'https://apigw.ovo.id/pos'],
  ['https://relay.example:8443/ovo//', 'https://relay.example:8443/ovo/pos'],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000/pos'],
  ['http://localhost:4000', 'http://localhost:4000/pos'],
  ['http://[::1]:4000', 'http://[::1]:4000/pos'],
])('%s has its endpoint at %s', (base, expected) => {
  expect(endpoint(base).href).toBe(expected);
});

test.each([
  ['', /not a URL/],
  ['apigw.ovo.id', /not a URL/],
  ['ftp://apigw.ovo.id', /https/],
  ['http://apigw.ovo.id', /https: for apigw\.ovo\.id/],
  ['http://127.0.0.1.example', /https/],
  ['http://192.168.1.4', /https/],
  ['https://me:secret@apigw.ovo.id', /user name/],
  ['https://apigw.ovo.id/?a=1', /query/],
  ['https://apigw.ovo.id/#top', /fragment/],
])('%j is refused in clear words', (base, words) => {
  expect(() => endpoint(base)).toThrow(BaseUrlRefused);
  expect(() => endpoint(base)).toThrow(words);
  expect(() => endpoint(base)).not.toThrow(/secret/);
});
