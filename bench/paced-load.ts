import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { token } from './router.js';
import { Batches } from './workload/batches.js';

const connections = 50;

/** In ms, from when a batch was due to the end of its answer. */
export interface PacedFigures {
  readonly batches: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  /** Answers outside 2xx and requests that got none. */
  readonly failed: number;
}

/**
 * Sends batches at a steady pace, whether or not earlier ones were answered, as a log stream does: a server that falls
 * behind still gets the next batches, and the wait counts.
 */
export class PacedLoad {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: connections });
  private readonly times: number[] = [];
  private readonly inFlight = new Set<Promise<void>>();
  private failed = 0;
  private stopping = false;
  private readonly running: Promise<void>;

  private constructor(
    private readonly url: string,
    private readonly batches: Batches,
    perSecond: number,
  ) {
    this.running = this.run(1_000 / perSecond);
  }

  static start(url: string, matches: number, perSecond: number): PacedLoad {
    return new PacedLoad(url, new Batches(matches), perSecond);
  }

  /** Sends no more, waits for what is under way, and gives the figures of all of it. */
  async stop(): Promise<PacedFigures> {
    this.stopping = true;
    await this.running;
    await Promise.all(this.inFlight);
    this.agent.destroy();
    const sorted = this.times.sort((left, right) => left - right);
    const quantile = (share: number): number =>
      Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1));
    return {
      batches: sorted.length,
      p50: quantile(0.5),
      p99: quantile(0.99),
      p999: quantile(0.999),
      failed: this.failed,
    };
  }

  private async run(everyMs: number): Promise<void> {
    for (let due = performance.now(); !this.stopping; due += everyMs) {
      const early = due - performance.now();
      if (early > 0) await wait(early);
      const sent = this.send(due).finally(() => this.inFlight.delete(sent));
      this.inFlight.add(sent);
    }
  }

  private async send(due: number): Promise<void> {
    const status = await post(this.url, this.batches.next(), this.agent);
    this.times.push(performance.now() - due);
    if (status < 200 || status > 299) this.failed += 1;
  }
}

/** Sends so many batches with matches only, a few at a time. @throws Error when one is not taken */
export async function flood(url: string, count: number, matches: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const batches = new Batches(matches);
  let left = count;
  const sender = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const status = await post(url, batches.next(), agent);
      if (status !== 200) throw new Error(`a batch was answered with ${status}`);
    }
  };
  await Promise.all(Array.from({ length: 4 }, sender));
  agent.destroy();
}

/** The status of the answer; 0 when there was none. */
function post(url: string, body: Buffer, agent: Agent): Promise<number> {
  // A copy, because the next batch is written into the same buffer.
  const copy = Buffer.from(body);
  const headers = {
    'content-type': 'application/json',
    'content-length': copy.length,
    authorization: token,
  };
  return new Promise((resolve) => {
    request(`${url}/api/logs`, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('close', () => resolve(response.statusCode ?? 0));
    })
      .once('error', () => resolve(0))
      .end(copy);
  });
}
