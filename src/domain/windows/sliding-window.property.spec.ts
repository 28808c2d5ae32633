import * as fc from 'fast-check';
import type { Entry } from './entry.js';
import { bound } from './retain.js';
import { evaluateSliding } from './sliding-window.js';
import { Timeline } from './timeline.js';
import type { SlidingWindow } from './window.js';

const timed = { by: [], withinMs: 8, cooldownMs: 6 };
const windows: Readonly<Record<string, SlidingWindow>> = {
  count: { kind: 'count', ...timed, count: 5 },
  distinct: { kind: 'distinct', ...timed, field: ['f'], count: 4 },
  'distinct with a short cooldown': { kind: 'distinct', ...timed, cooldownMs: 2, field: ['f'], count: 3 },
  'sequence in order': { kind: 'sequence', ...timed, steps: [2, 1, 1], ordered: true },
  'sequence in any order': { kind: 'sequence', ...timed, steps: [2, 1, 1], ordered: false },
};

const stream = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 60 }),
    value: fc.constantFrom('a', 'a', 'a', 'b', 'b', 'c', 'd', 'e'),
    steps: fc.constantFrom([0], [0], [1], [2], [0, 1], [1, 2], [0, 1, 2]),
  }),
  { maxLength: 80, size: 'max' },
);

/** The same, looking at every event each time. */
class NaiveTimeline {
  private entries: Entry[] = [];
  private readonly fired: number[] = [];

  constructor(private readonly window: SlidingWindow) {}

  evaluate(entry: Entry): readonly number[] | 'cooldown' | 'not-reached' {
    const { cooldownMs, withinMs } = this.window;
    if (this.fired.some((time) => Math.abs(entry.at - time) < cooldownMs)) return 'cooldown';
    this.entries = [...this.entries, entry].toSorted((a, b) => a.at - b.at || a.seq - b.seq);
    const from = Math.max(...this.fired.filter((time) => time <= entry.at), -Infinity);
    const to = Math.min(...this.fired.filter((time) => time > entry.at), Infinity);
    const near = this.entries.filter(({ at }) => at >= from && at <= to);
    for (const end of near.slice(near.indexOf(entry)).filter(({ at }) => at - entry.at <= withinMs)) {
      const inside = near.slice(0, near.indexOf(end) + 1).filter(({ at }) => end.at - at <= withinMs);
      if (!this.isComplete(inside)) continue;
      this.fired.push(end.at);
      this.entries = this.entries.filter(
        (other) => !inside.includes(other) && Math.abs(other.at - end.at) >= cooldownMs,
      );
      return inside.map(({ seq }) => seq);
    }
    return 'not-reached';
  }

  private isComplete(entries: readonly Entry[]): boolean {
    const { window } = this;
    switch (window.kind) {
      case 'count':
        return entries.length >= window.count;
      case 'distinct':
        return new Set(entries.map(({ value }) => value)).size >= window.count;
      case 'sequence':
        return canServe(
          window.steps.flatMap((count, step) => Array.from({ length: count }, () => step)),
          entries,
          window.ordered,
        );
    }
  }
}

/** Whether each of the places takes another of the events, tried in every way. */
function canServe(places: readonly number[], entries: readonly Entry[], ordered: boolean): boolean {
  const [step, ...others] = places;
  if (step === undefined) return true;
  return entries.some(
    (entry, index) =>
      entry.steps.includes(step) &&
      canServe(others, ordered ? entries.slice(index + 1) : entries.toSpliced(index, 1), ordered),
  );
}

describe.each(Object.entries(windows))('a window of %s', (_, window) => {
  it('decides as one that looks at every event, whatever the order in which they come', () => {
    let alerts = 0;
    fc.assert(
      fc.property(stream, (events) => {
        const timeline = new Timeline([], []);
        const naive = new NaiveTimeline(window);
        for (const [seq, event] of events.entries()) {
          const entry: Entry = { logId: `e${seq}`, seq, ...event };
          const outcome = evaluateSliding(window, timeline, entry);
          const found = outcome.kind === 'completed' ? outcome.entries.map((one) => one.seq) : outcome.kind;
          // An alert that is forgotten after sixteen others leaves older events in its cooldown.
          if (timeline.fired.length === 16) return;
          expect(found).toEqual(naive.evaluate(entry));
          if (outcome.kind === 'completed') alerts += 1;
        }
      }),
      { numRuns: 600 },
    );
    expect(alerts).toBeGreaterThan(500);
  });

  it('decides the same whether its events were kept in memory or read anew', () => {
    fc.assert(
      fc.property(stream, fc.infiniteStream(fc.boolean()), (events, restarts) => {
        const kept = new Timeline([], []);
        let read = new Timeline([], []);
        for (const [seq, event] of events.entries()) {
          const entry: Entry = { logId: `e${seq}`, seq, ...event };
          expect(evaluateSliding(window, read, entry)).toEqual(evaluateSliding(window, kept, entry));
          for (const one of [kept, read]) bound(window, one, { thinAbove: 0, keep: 1_000 }, 60);
          if (restarts.next().value === true) read = new Timeline(read.entries, read.fired);
        }
      }),
      { numRuns: 300 },
    );
  });
});
