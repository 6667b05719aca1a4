import { trainingAppKeys, trainingIdentity } from '../../main/training/identity.ts';
import { startSimulator } from '../../main/training/simulator.ts';
import { HandClock } from './simulator-kit.ts';

/** A simulator in a process of its own, whose clock stands still until it is killed. */
const [directory = '', wall = ''] = process.argv.slice(2);
const simulator = await startSimulator({
  clock: new HandClock(wall),
  directory,
  appKeys: trainingAppKeys,
  identity: trainingIdentity,
});
process.stdout.write(`${simulator.baseUrl}\n`);
