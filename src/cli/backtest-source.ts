import { SingleBar } from 'cli-progress';
import { pullLogs } from '../auth0/pull-logs.js';
import { readEvents, type EventChunk, type ExportCounts } from '../replay/read-events.js';
import { UsageError, type CliIo } from './cli-io.js';
import { eventsIn, openInput } from './input.js';
import { rangeEnd, rangeStart, type RangeOptions } from './log-range.js';
import { PullProgress } from './pull-progress.js';
import { failureText, tenantApi } from './tenant-access.js';

/** The tenant's logs could not be read to their end. The message says why, and what to do. */
export class TenantUnreadable extends Error {}

/** Past events, as they come. A bar shows how far they are, on a terminal. */
export type BacktestSource = (counts: ExportCounts) => AsyncGenerator<EventChunk>;

/** The events of a file, or of the standard input for `-`. @throws UsageError */
export async function fileSource(file: string, io: CliIo): Promise<BacktestSource> {
  const input = await openInput(file, io);
  return async function* (counts) {
    const bar = startBar(input.size, io);
    try {
      for await (const chunk of eventsIn(input, file, counts)) {
        yield chunk;
        bar?.update(Math.round(chunk.bytes / 1024 / 1024), { events: counts.events });
      }
    } finally {
      bar?.stop();
    }
  };
}

/**
 * The events of a tenant, through the Management API.
 *
 * @throws UsageError where the range or the environment is wrong; the source throws {@link TenantUnreadable}
 */
export function tenantSource({ from, to }: RangeOptions, io: CliIo): BacktestSource {
  if (from === undefined) throw new UsageError('say where to begin, such as --tenant --from -7d');
  const now = io.now();
  const [start, until] = [rangeStart(from, now), rangeEnd(to, now)];
  const api = tenantApi(io);
  return async function* (counts) {
    const progress = new PullProgress(io, until, start.kind === 'date' ? start.at : undefined);
    const pieces = async function* (): AsyncGenerator<Buffer> {
      for await (const step of pullLogs(api, start, until, io.wait)) {
        progress.show(step);
        if (step.kind === 'failed') throw new TenantUnreadable(failureText(step.failure));
        if (step.kind !== 'events') continue;
        yield Buffer.from(step.events.map((event) => `${JSON.stringify(event)}\n`).join(''));
      }
    };
    try {
      yield* readEvents(pieces(), counts);
    } finally {
      progress.stop();
    }
    if (counts.events === 0) throw new UsageError('the tenant has no events of that time (any more)');
  };
}

function startBar(size: number | undefined, io: CliIo): SingleBar | undefined {
  if (!io.progress || size === undefined) return undefined;
  const format = '{bar} {percentage}% | {value} of {total} MB | {events} events';
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true, hideCursor: true });
  bar.start(Math.max(1, Math.round(size / 1024 / 1024)), 0, { events: 0 });
  return bar;
}
