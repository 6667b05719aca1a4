import { expect, test } from 'vitest';
import { isLoopback } from './loopback.ts';

test.each([
  'http://127.0.0.1:8080',
  'http://127.9.9.9/pos',
  'http://127.1:80',
  'http://localhost:1',
  'http://LOCALHOST',
  'https://[::1]:443',
])('%s is this machine', (url) => {
  expect(isLoopback(url)).toBe(true);
});

test.each([
  'https://app.byte-stack.net',
  'http://127.0.0.1.example.com',
  'http://localhost.example.com',
  'http://127.0.0.1@example.com',
  'http://0.0.0.0',
  'http://192.168.0.1',
  'http://[::ffff:8.8.8.8]',
  'not a url',
  '',
])('%s is not', (url) => {
  expect(isLoopback(url)).toBe(false);
});
