import { Injectable, Logger } from '@nestjs/common';
import type { Span } from '@opentelemetry/api';
import { Settings } from '../config/settings.js';
import { AfterCommit } from '../operations/after-commit.js';
import { Clock, Timer } from '../domain/clock.js';
import { readEvent, type ReceivedEvent } from '../domain/event.js';
import type { BatchResult } from '../domain/pipeline.js';
import { Ids, Transactions } from '../domain/stores.js';
import { Metrics } from '../metrics/metrics.js';
import { Outage } from '../app/outage.js';
import { CurrentPipeline } from '../rules/reload/current-pipeline.js';
import { WriteCheck } from '../storage/database/write-check.js';
import { BatchResults } from './batch-results.js';
import { parseBatch } from './batch.js';
import { completeMatches } from './complete-matches.js';
import { decompress } from './decompress.js';
import { GroupCommit } from './group-commit.js';
import { NewestEvents } from './newest-events.js';
import { Gaps } from '../operations/gaps.js';
import type { IngestResult } from '../domain/ingest-result.js';
import { mayShare, type MatchedBatch } from './matched-batch.js';
import { describeSpan, failSpan, traceParentOf, withinSpan } from '../tracing/spans.js';
import { TracedOutbox } from './traced-outbox.js';

/** A batch that is not stored within this time, in ms, is refused. Auth0 sends it again, and what was stored late is known then. */
const deadlineMs = 10_000;

/** Takes a batch from bytes to committed alerts. */
@Injectable()
export class Ingestor {
  private readonly logger = new Logger(Ingestor.name);
  private readonly outage = new Outage(
    this.logger,
    'batches could not be stored; Auth0 is asked to send them again',
    'batches are stored again',
  );
  private readonly commits: GroupCommit<MatchedBatch, BatchResult>;

  constructor(
    private readonly settings: Settings,
    private readonly pipelines: CurrentPipeline,
    private readonly transactions: Transactions,
    private readonly afterCommit: AfterCommit,
    private readonly clock: Clock,
    private readonly timer: Timer,
    private readonly ids: Ids,
    private readonly metrics: Metrics,
    private readonly writes: WriteCheck,
    private readonly results: BatchResults,
    private readonly newest: NewestEvents,
    private readonly gaps: Gaps,
  ) {
    this.commits = new GroupCommit<MatchedBatch, BatchResult>(
      (batches) => this.commit(batches),
      (raised) => this.afterCommit.committed(raised),
      mayShare,
      transactions.atOnce,
    );
    metrics.sampled('batches_waiting', 'Batches that wait to be stored', () => this.queue.waiting);
    metrics.sampled('batches_waiting_bytes', 'What they hold, roughly', () => this.queue.bytes);
  }

  /** The batches that wait to be stored. */
  get queue(): { readonly waiting: number; readonly bytes: number } {
    return this.commits.queue;
  }

  /**
   * @param requestId names the batch in the log
   * @param span traces the request
   */
  async ingest(
    body: Buffer,
    encoding: string | undefined,
    requestId: string,
    span: Span,
  ): Promise<IngestResult> {
    const result = await this.take(body, encoding, requestId, span);
    describeSpan(span, { 'alert_router.batch.result': result.kind });
    await this.afterCommit.attempt(() => this.results.add(result));
    return result;
  }

  private async take(
    body: Buffer,
    encoding: string | undefined,
    requestId: string,
    span: Span,
  ): Promise<IngestResult> {
    const unpacked = await decompress(body, encoding, this.settings.MAX_BODY);
    if (unpacked.kind !== 'ok') return unpacked;
    const batch = parseBatch(unpacked.body.toString('utf8'));
    if (batch.kind === 'unreadable') return batch;
    if (batch.elements.length === 0) return { kind: 'unmatched' };

    const now = this.clock.now();
    const events = batch.elements.map(readEvent).filter((event) => event !== undefined);
    if (events.length === 0) {
      return {
        kind: 'unreadable',
        message:
          'The batch has no event: an event is an object whose "type" is a text, or one that holds such an object as "data".',
      };
    }
    this.afterCommit.eventArrived(now);
    const skipped = batch.elements.length - events.length;
    this.metrics.eventsTaken(events.length, skipped, now);
    this.results.skipped(skipped, batch.elements.length);
    describeSpan(span, { 'alert_router.batch.events': events.length });
    const result = await this.process(events, now, unpacked.body.length, requestId, span);
    if (result.kind === 'not-stored') this.gaps.occurred();
    else this.newest.taken(events, now);
    return result;
  }

  private async process(
    events: readonly ReceivedEvent[],
    now: number,
    bytes: number,
    requestId: string,
    span: Span,
  ): Promise<IngestResult> {
    const pipeline = this.pipelines.current;
    const found = await withinSpan(span, 'match', () => pipeline.match(events));
    describeSpan(span, { 'alert_router.batch.matches': found.length });
    if (found.length === 0) return { kind: 'unmatched' };
    const batch = {
      pipeline,
      matches: completeMatches(found, now, this.ids),
      traceParent: traceParentOf(span),
    };
    const result = await withinSpan(span, 'commit', async (commit) => {
      const stored = await this.store(batch, bytes);
      if (stored.kind === 'not-stored') failSpan(commit, stored.kind);
      return stored;
    });
    if (result.kind === 'matched')
      this.logger.log(
        `stored a batch: ${events.length} events, ${found.length} matches (request ${requestId})`,
      );
    return result;
  }

  /**
   * Holds nothing of the events that did not match while it waits for the disk.
   *
   * @param bytes the size of the whole batch, which is at least that of its matches
   */
  private async store(batch: MatchedBatch, bytes: number): Promise<IngestResult> {
    const stored = new AbortController();
    const begunAt = performance.now();
    try {
      await Promise.race([this.commits.run(batch, bytes), this.deadline(stored.signal)]);
    } catch (error) {
      this.writes.doubt();
      this.outage.failed(error);
      return { kind: 'not-stored' };
    } finally {
      stored.abort();
      this.metrics.batchCommitted(performance.now() - begunAt);
    }
    this.outage.worked();
    return { kind: 'matched' };
  }

  /** @throws Error when the time is up before the signal is aborted. */
  private async deadline(signal: AbortSignal): Promise<void> {
    await this.timer.wait(deadlineMs, signal);
    if (!signal.aborted) throw new Error(`the database took longer than ${deadlineMs} ms`);
  }

  /** @param batches at least one; the same rules found the matches of all */
  private commit(batches: readonly MatchedBatch[]): Promise<BatchResult> {
    const [{ pipeline }] = batches as readonly [MatchedBatch];
    const matches = batches.flatMap((batch) => batch.matches);
    const isTraced = batches.some(({ traceParent }) => traceParent !== undefined);
    return this.transactions.run((stores) => {
      const used = isTraced ? { ...stores, outbox: new TracedOutbox(stores.outbox, batches) } : stores;
      return pipeline.raise(matches, used, this.clock.now());
    });
  }
}
