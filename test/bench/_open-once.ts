import { till } from './_kit.ts';

/* Opens a till on a folder and says how long that took: started afresh for each measurement. */
const began = performance.now();
const { driver } = till(process.argv[2] ?? '', 'http://127.0.0.1:9');
const tookMs = performance.now() - began;
driver.close();
process.send?.(tookMs);
process.disconnect?.();
