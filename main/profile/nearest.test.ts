import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

const environments = ['training', 'staging', 'production'];
const settings = ['tid', 'mid', 'merchantId', 'minAmount', 'maxAmount', 'baseUrl', 'language'];

test.each([
  ['Staging', 'staging'],
  ['stagging', 'staging'],
  ['trianing', 'training'],
  ['prod', 'production'],
  ['PRODUCTION ', 'production'],
  ['productoin', 'production'],
])('%j was meant to be %s', (typed, meant) => {
  expect(nearest(typed, environments)).toBe(meant);
});

test.each([
  ['base_url', 'baseUrl'],
  ['BaseURL', 'baseUrl'],
  ['merchantID', 'merchantId'],
  ['merchand', 'merchantId'],
  ['minAmout', 'minAmount'],
  ['langauge', 'language'],
])('the setting %j was meant to be %s', (typed, meant) => {
  expect(nearest(typed, settings)).toBe(meant);
});

test.each(['', '42', 'daily', 'prd', 'tag', 'colour', 'p'])('%j is near none', (typed) => {
  expect(nearest(typed, [...environments, ...settings])).toBeNull();
});

test('between two that are as near, nothing is guessed', () => {
  expect(nearest('mxxAmount', ['minAmount', 'maxAmount'])).toBe('maxAmount');
  expect(nearest('mnnAmount', ['manAmount', 'monAmount'])).toBeNull();
  expect(nearest('in', ['en', 'id'])).toBeNull();
});
