import { systemClock } from '../../main/platform/system-clock.ts';
import { trainingAppKeys, trainingIdentity } from '../../main/training/identity.ts';
import { startSimulator } from '../../main/training/simulator.ts';

/* OVO's simulator as a process of its own, so that its work is not counted as the till's. */
const simulator = await startSimulator({
  clock: systemClock(),
  directory: null,
  appKeys: trainingAppKeys,
  identity: trainingIdentity,
  answerAtOnce: process.argv[2] === 'at-once',
});
process.send?.(simulator.baseUrl);
process.on('disconnect', () => process.exit(0));
