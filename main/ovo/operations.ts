import type { OvoOperation } from './types.ts';

export interface Row {
  readonly requestType: string;
  readonly responseType: string;
  readonly processingCode: string;
}

/**
 * Every operation by its ISO 8583 codes. Sent with their leading zeros; OVO's guidance prints some
 * without, so what comes back is compared as numbers.
 */
// biome-ignore format: a table
export const operations: Readonly<Record<OvoOperation, Row>> = {
  phoneCheck:      { requestType: '0100', responseType: '0110', processingCode: '050000' },
  pushToPay:       { requestType: '0200', responseType: '0210', processingCode: '040000' },
  statusCheck:     { requestType: '0100', responseType: '0110', processingCode: '040000' },
  reversal:        { requestType: '0400', responseType: '0410', processingCode: '040000' },
  void:            { requestType: '0200', responseType: '0210', processingCode: '020040' },
  voidStatusCheck: { requestType: '0100', responseType: '0110', processingCode: '020040' },
};
