import { lines } from './durable-start.ts';

console.log(await lines());
process.exit(0);
