import type { TerminalIdentity } from '../ovo/types.ts';

/**
 * Who a till in training mode is. Fixed and public on purpose: these values open nothing but the
 * simulator on this machine, and no one can take them for those of a real merchant.
 */
export const trainingIdentity: TerminalIdentity = {
  appId: 'gerai-training',
  merchantId: '000000',
  storeCode: 'TRAINING',
  // Part of every invoice, so letters and digits only (rule 7a).
  tid: 'TRAIN001',
  mid: 'TRAINING0000001',
};

/** The key that training requests are signed with: no secret, and no real app key looks like it. */
export const trainingAppKey = 'training-key-that-opens-nothing-real';

/** The app keys that the simulator knows in training. */
export const trainingAppKeys: Readonly<Record<string, string>> = {
  [trainingIdentity.appId]: trainingAppKey,
};

/** The name that training receipts and the phone page show instead of a shop's. */
export const trainingMerchantName = 'Toko Latihan';
