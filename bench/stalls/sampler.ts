import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Loaded into a server's process before its program (`node --import`): answers over the IPC channel with the longest
 * time between two turns of the event loop, in ms, since it was last reset.
 */
const resolution = 1;
const delays = monitorEventLoopDelay({ resolution });
delays.enable();

process.on('message', (order: 'forget' | 'longest') => void answer(order));

async function answer(order: 'forget' | 'longest'): Promise<void> {
  // A stall that is just over is recorded in the loop's next turn.
  await wait(10 * resolution);
  if (order === 'forget') delays.reset();
  process.send?.(delays.max / 1e6);
}
