/**
 * The sentences that OVO mandates, word for word, in the capitals OVO gave them. Both languages
 * carry them unchanged; where the till speaks Bahasa Indonesia, the key with `.beneath` behind it
 * holds the Indonesian line that stands below.
 */
export const mandated = {
  'newPayment.phoneInstruction':
    'Enter Your Registered Phone Number in the OVO Application with 08xxx format',
  'waiting.instruction':
    'Open your OVO Application and click the bell icon to complete the payment and make sure you complete the payment with a specified time to avoid transaction timeout',
  'reason.paid': 'Payment Success',
  'reason.phoneNotRegistered': 'Phone Number not Registered on OVO Apps',
  'reason.phoneNotRegisteredInCheck': 'Phone Number not registered in OVO System',
  'reason.canceledByUser': 'Payment Canceled By User',
  'reason.pushFailed': 'Failed Push notif to users, please ensure user login to OVO app first',
  'reason.timeout': 'Transaction Timeout',
  'timeout.small': 'not receiving response type 0210 from OVO',
} as const;

export type MandatedKey = keyof typeof mandated;
