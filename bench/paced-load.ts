import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { post } from './post.js';
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
