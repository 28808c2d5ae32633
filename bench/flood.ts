import { Agent } from 'node:http';
import { post } from './post.js';

/** Bodies to send. Each holds until the next is asked for. */
export interface Bodies {
  next(): Buffer;
}

/**
 * Sends so many batches, as many at a time as there are connections, and gives when each was answered, in ms since the
 * first was sent.
 *
 * @throws Error when one is not taken
 */
export async function flood(
  url: string,
  count: number,
  bodies: Bodies,
  connections = 4,
): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const started = performance.now();
  const answered: number[] = [];
  let left = count;
  const sender = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const status = await post(url, bodies.next(), agent);
      if (status < 200 || status > 299) throw new Error(`a batch was answered with ${status}`);
      answered.push(performance.now() - started);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, sender));
  } finally {
    agent.destroy();
  }
  return answered;
}
