import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { AppKey } from './app-key.ts';
import { sign } from './signature.ts';

const secret = 'a4f6bf89b2a85781b7c1cab997b7ee0c89be03f7ac6ef29b63a45d07253cc401';
const key = new AppKey(secret);
const body = Buffer.from('{"type":"0200"}');

test("OVO's published test vector holds, and does not cover the body", () => {
  const expected = '8087f83ffc6a6564b8161e6dce1ee9a82dfc514c83de341587f16abd512fcfd6';
  expect(sign(key, 'app-id+random', 'hypermart', '1468914526', body)).toBe(expected);
  expect(sign(key, 'app-id+random', 'hypermart', '1468914526', Buffer.from('other'))).toBe(
    expected,
  );
});

test('the other form covers app-id, random and the body, in this order', () => {
  const expected = createHmac('sha256', secret).update(`hypermart1468914526${body}`).digest('hex');
  expect(sign(key, 'app-id+random+body', 'hypermart', '1468914526', body)).toBe(expected);
});
