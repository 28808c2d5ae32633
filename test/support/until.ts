import { setTimeout as pause } from 'node:timers/promises';

/** Asks every few milliseconds until it holds. @throws Error when it does not within the deadline (ms). */
export async function until(holds: () => Promise<boolean>, deadlineMs = 15_000): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${deadlineMs} ms: ${holds.toString()}`);
    await pause(20);
  }
}
