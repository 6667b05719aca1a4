/**
 * What covers the till's page in a browser when the program behind it cannot be reached or has another
 * page: the page's own words are then not to be had. Both languages stand there, English first.
 */
export const hostNotices = {
  stopped: [
    'The till has stopped. Payments under way are not lost: they go on when it is started again (npm start). This page then comes back by itself; if it does not, open the address that was printed.',
    'Kasir berhenti. Pembayaran yang berjalan tidak hilang: dilanjutkan saat kasir dijalankan lagi (npm start). Halaman ini kembali sendiri; jika tidak, buka alamat yang dicetak.',
  ],
  shutOut: [
    'This page does not belong to the till. Type npm start once more: it prints an address that opens the till. Open it in this browser.',
    'Halaman ini tidak terhubung dengan kasir. Ketik npm start sekali lagi: alamat yang dicetak membuka kasir. Buka alamat itu di peramban ini.',
  ],
  elsewhere: [
    'The till has been opened in another window, and goes on there. This one has stopped.',
    'Kasir dibuka di jendela lain. Jendela ini sudah berhenti.',
  ],
  otherBrowser: [
    'The till has been opened in another browser, and goes on there. To have it here again, type npm start once more and open the address that it prints in this browser.',
    'Kasir dibuka di peramban lain, dan berlanjut di sana. Untuk memakainya di sini lagi, ketik npm start sekali lagi dan buka alamat yang dicetak di peramban ini.',
  ],
} as const satisfies Record<string, readonly [string, string]>;
