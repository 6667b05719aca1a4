import type { TillView } from '../../shared/view.ts';

export type Language = TillView['language'];

/** What the shell itself says: menus and the few boxes of the system that are not part of the page. */
const en = {
  'close.refusedTitle': 'Not yet',
  'close.refused':
    'The till can be closed in {seconds} seconds. A customer may still be confirming a payment, and the till has to hear how it ends.',
  'close.refusedOk': 'Keep the till open',
  'close.question': 'Close the till?',
  'close.nothingUndone': 'No payment is unfinished.',
  'close.undone':
    'Unfinished payments: {count}. Nothing is asked, reversed or shown while the till is closed. They go on by themselves when it is started again: do that today.',
  'close.yes': 'Close',
  'close.no': 'Keep open',
  'fault.title': 'Gerai',
  'fault.restarted':
    'The till had an internal fault and has started itself again. Payments are kept, and unfinished ones go on by themselves. Look at the last payments before you take the next; tell your manager.',
  'fault.stopped':
    'The till has an internal fault and was closed. Payments are kept, and unfinished ones go on when it is started again. Call support if this comes again.',
  'start.failed': 'The till cannot start.',
  'start.already': 'The till is already running with this data folder. Use its window.',
  'start.switch': 'The till does not start with the switch --{name}. Take it out of the shortcut.',
  'start.noSandbox':
    'The till does not start without its sandbox (--no-sandbox). Take the switch out of the shortcut, and ELECTRON_DISABLE_SANDBOX out of the environment. If this is the AppImage, this system does not let it have a sandbox: install the .deb package instead.',
  'start.noPage': 'The till’s program is not whole: its page is missing. Install it again.',
  'start.noKey':
    'This package takes no app key from the environment, and has no credential store yet. Only training can be started with it.',
  'menu.till': 'Till',
  'menu.close': 'Close the till',
  'menu.edit': 'Edit',
  'menu.view': 'View',
};

const id: Record<keyof typeof en, string> = {
  'close.refusedTitle': 'Belum bisa',
  'close.refused':
    'Kasir bisa ditutup dalam {seconds} detik. Pelanggan mungkin masih mengonfirmasi pembayaran, dan kasir harus menerima hasilnya.',
  'close.refusedOk': 'Biarkan terbuka',
  'close.question': 'Tutup kasir?',
  'close.nothingUndone': 'Tidak ada pembayaran yang belum selesai.',
  'close.undone':
    'Pembayaran yang belum selesai: {count}. Selama kasir ditutup, tidak ada yang ditanyakan, dibatalkan, atau ditampilkan. Semuanya berlanjut sendiri saat kasir dijalankan lagi: jalankan hari ini juga.',
  'close.yes': 'Tutup',
  'close.no': 'Biarkan terbuka',
  'fault.title': 'Gerai',
  'fault.restarted':
    'Terjadi gangguan di dalam program kasir, dan kasir sudah menyala kembali. Pembayaran tersimpan, yang belum selesai berlanjut sendiri. Periksa pembayaran terakhir sebelum menerima yang berikutnya, dan beri tahu manajer.',
  'fault.stopped':
    'Terjadi gangguan di dalam program kasir, dan kasir ditutup. Pembayaran tersimpan, yang belum selesai berlanjut saat kasir dijalankan lagi. Hubungi dukungan jika terulang.',
  'start.failed': 'Kasir tidak bisa dijalankan.',
  'start.already': 'Kasir sudah berjalan dengan folder data ini. Gunakan jendelanya.',
  'start.switch': 'Kasir tidak berjalan dengan opsi --{name}. Hapus dari pintasan.',
  'start.noSandbox':
    'Kasir tidak berjalan tanpa sandbox (--no-sandbox). Hapus opsi itu dari pintasan, dan ELECTRON_DISABLE_SANDBOX dari lingkungan. Jika ini AppImage, sistem ini tidak memberinya sandbox: pasang paket .deb.',
  'start.noPage': 'Program kasir tidak lengkap: halamannya hilang. Pasang ulang.',
  'start.noKey':
    'Paket ini tidak mengambil kunci aplikasi dari lingkungan, dan belum punya penyimpanan kredensial. Hanya pelatihan yang bisa dijalankan.',
  'menu.till': 'Kasir',
  'menu.close': 'Tutup kasir',
  'menu.edit': 'Sunting',
  'menu.view': 'Tampilan',
};

const catalogues: Readonly<Record<Language, Record<keyof typeof en, string>>> = { en, id };

export type ShellWord = keyof typeof en;

/** The sentence for a key, with `{name}` filled in. */
export function shellWords(
  language: Language,
  key: ShellWord,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return catalogues[language][key].replace(/\{(\w+)\}/g, (place, name: string) =>
    String(values[name] ?? place),
  );
}

/** Before the till is up, the system's language stands in for the till's. */
export function languageOfLocale(locale: string): Language {
  return /^(id|in)([-_]|$)/i.test(locale) ? 'id' : 'en';
}
