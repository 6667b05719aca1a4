import { createHmac } from 'node:crypto';
import type { AppKey } from './app-key.ts';
import type { SignatureForm } from './types.ts';

/**
 * The `hmac` header: hex HMAC-SHA256 under the app key.
 *
 * OVO's document says that app-id, `random` and the body are covered; its own test vector, and every
 * integration known to work, cover the first two only. So the form is a setting of the terminal, and
 * acceptance testing with OVO decides.
 */
export function sign(
  key: AppKey,
  form: SignatureForm,
  appId: string,
  random: string,
  body: Buffer,
): string {
  const hmac = createHmac('sha256', key.use()).update(appId).update(random);
  if (form === 'app-id+random+body') hmac.update(body);
  return hmac.digest('hex');
}
