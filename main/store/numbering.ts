import { invariant } from '../../shared/never.ts';
import type { JakartaDay } from '../../shared/time.ts';
import type { BatchNumber, Numbers, ReferenceNumber } from '../payment/types.ts';
import { NumberingUnusable, SeedImpossible } from './errors.ts';
import type { NumberingSettings } from './types.ts';

/** How numbers are made and written; pure. Which number comes next is decided in number-book.ts. */

export const referenceMax = 999_999;
/** A batch has at most six digits (rule 4). */
export const batchMax = 999_999;
/** Longest `merchantInvoice` that OVO takes (rule 7a). */
export const invoiceLengthMax = 50;
/** 12 characters of base 32 are the 60 random bits that rule 7a wants; ours have 13. */
const tokenLengthMin = 12;
const tokenLengthUsual = 13;
/** `-240321-000001-` between tid and token. */
const invoiceMiddleLength = 15;
/** What an invoice leaves for the tid; the profile refuses a longer one before it comes here. */
export const tidLengthMax = invoiceLengthMax - invoiceMiddleLength - tokenLengthUsual;

/** @throws SeedImpossible unless a whole number from 1 to 999999. */
export function batchNumber(value: number): BatchNumber {
  if (!isSixDigits(value)) throw new SeedImpossible(`${value} is no batch number: 1 … 999999`);
  return value as BatchNumber;
}

/** @throws SeedImpossible unless a whole number from 1 to 999999. */
export function referenceNumber(value: number): ReferenceNumber {
  if (!isSixDigits(value)) throw new SeedImpossible(`${value} is no reference number: 1 … 999999`);
  return value as ReferenceNumber;
}

export function isSixDigits(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 999_999;
}

/** The date mode's batch of a day as a number: 1 April 2021 is 10421, written `010421`. */
export function batchOfDay(day: JakartaDay): BatchNumber {
  return batchNumber(Number(day.slice(8, 10) + day.slice(5, 7) + day.slice(2, 4)));
}

/**
 * The day that a batch of date mode stands for; this century. Batches of days do not grow with the
 * days, so they are put in order by this (rule 5). Null if it is no calendar day.
 */
export function dayOfBatch(batch: BatchNumber): JakartaDay | null {
  const text = sixDigits(batch);
  const day = `20${text.slice(4)}-${text.slice(2, 4)}-${text.slice(0, 2)}`;
  const at = new Date(`${day}T00:00:00.000Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
    ? (day as JakartaDay)
    : null;
}

/**
 * Looks at the settings once, at start.
 * @throws NumberingUnusable
 */
export function checkNumbering(settings: NumberingSettings, tid: string): void {
  if (settings.numbering === 'date' && settings.numberFormat === 'number') {
    throw new NumberingUnusable(
      'numberFormat "number" cannot be used with numbering "date": it would lose the leading zero of the date. ' +
        'Use "unpadded-text" or "padded-text", or numbering "sequence".',
    );
  }
  if (!/^[A-Z0-9-]+$/.test(tid)) {
    throw new NumberingUnusable(
      `The terminal id (tid) "${tid}" cannot stand in an invoice number: only A–Z, 0–9 and "-" can.`,
    );
  }
  if (tid.length > tidLengthMax) {
    throw new NumberingUnusable(
      `The terminal id (tid) "${tid}" is too long for invoice numbers: ${tid.length} characters, at most ${tidLengthMax} fit.`,
    );
  }
}

/** Writes a number as the settings want it on the wire, with a new invoice (rules 3, 6, 7a). */
export function writeNumbers(
  batch: BatchNumber,
  reference: ReferenceNumber,
  settings: NumberingSettings,
  invoice: { readonly tid: string; readonly token: string },
): Numbers {
  const padded = settings.numberFormat === 'padded-text';
  return {
    batch,
    reference,
    batchText: padded || settings.numbering === 'date' ? sixDigits(batch) : String(batch),
    referenceText: padded ? sixDigits(reference) : String(reference),
    asNumber: settings.numberFormat === 'number',
    invoice: makeInvoice(invoice.tid, batch, reference, invoice.token),
  };
}

/**
 * Batch and reference inside the invoice make it unlike any other of this database without an index;
 * the token makes it unlike those of a restored or copied one (rule 7a).
 */
function makeInvoice(
  tid: string,
  batch: BatchNumber,
  reference: ReferenceNumber,
  token: string,
): string {
  invariant(
    token.length >= tokenLengthMin && /^[A-Z0-9]+$/.test(token),
    'rule 7a: the token has 60 random bits or more, as A–Z and 0–9',
  );
  const invoice = `${tid}-${sixDigits(batch)}-${sixDigits(reference)}-${token}`;
  invariant(invoice.length <= invoiceLengthMax, 'rule 7a: an invoice has at most 50 characters');
  return invoice;
}

function sixDigits(value: number): string {
  return String(value).padStart(6, '0');
}
