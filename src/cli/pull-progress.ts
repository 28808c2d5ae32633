import { SingleBar } from 'cli-progress';
import type { PullStep } from '../auth0/pull-logs.js';
import { styled, type CliIo } from './cli-io.js';
import { failureText } from './tenant-access.js';

/** Waits shorter than this (ms) are not worth a line of their own. */
const shownWaitMs = 5_000;

/** Shows how far a pull has come: by a bar on a terminal, else by a line for each long wait. */
export class PullProgress {
  private bar: SingleBar | undefined;
  private events = 0;
  private since: number | undefined;

  /** @param since where the pull begins, in ms since the epoch, if that is known */
  constructor(
    private readonly io: CliIo,
    private readonly until: number,
    since?: number,
  ) {
    this.since = since;
  }

  show(step: PullStep): void {
    switch (step.kind) {
      case 'events':
        this.events += step.events.length;
        this.since ??= step.at;
        this.move(step.at);
        break;
      case 'waits':
        this.say(step);
        break;
      case 'gap':
        this.line(
          `Auth0 no longer has the event to go on after, so events may be missing between ${new Date(step.since).toISOString()} and the oldest that it still has`,
        );
        break;
      case 'failed':
        this.stop();
        break;
    }
  }

  /** Removes the bar. */
  stop(): void {
    this.bar?.stop();
    this.bar = undefined;
  }

  private move(at: number): void {
    if (!this.io.progress || this.since === undefined) return;
    const day = new Date(at).toISOString().slice(0, 16);
    const payload = { events: this.events, day: `${day}Z`, note: '' };
    const total = Math.max(1, this.until - this.since);
    const done = Math.max(0, Math.min(total, at - this.since));
    if (this.bar !== undefined) return this.bar.update(done, payload);
    const format = '{bar} {percentage}% | {events} events | {day}{note}';
    this.bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true, hideCursor: true });
    this.bar.start(total, done, payload);
  }

  private say({ ms, because }: Extract<PullStep, { kind: 'waits' }>): void {
    const why = because === 'limit' ? "Auth0's rate limit" : failureText(because);
    const note = `waits ${Math.ceil(ms / 1_000)} s: ${why}`;
    if (this.bar !== undefined) this.bar.update({ note: ` | ${note}` });
    else if (ms >= shownWaitMs || because !== 'limit') this.io.err(styled(this.io, 'dim', note));
  }

  /** A bar would be written over, so it is drawn anew below the line. */
  private line(text: string): void {
    this.stop();
    this.io.err(styled(this.io, 'yellow', text));
  }
}
