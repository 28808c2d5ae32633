import * as fc from 'fast-check';
import { evaluateMissing, takeDue } from './missing-window.js';
import { bound } from './retain.js';
import { evaluateSliding } from './sliding-window.js';
import type { Entry } from './entry.js';
import { Timeline } from './timeline.js';
import type { DistinctWindow, MissingWindow } from './window.js';

const distinct: DistinctWindow = {
  kind: 'distinct',
  by: [],
  withinMs: 8,
  cooldownMs: 6,
  field: ['f'],
  count: 4,
};
const missing: MissingWindow = { kind: 'missing', by: [], withinMs: 5, cooldownMs: 4 };
const unlimited = { thinAbove: 0, keep: 1_000 };

function entry(seq: number, changes: Partial<Entry>): Entry {
  return { logId: `e${seq}`, at: seq, seq, steps: [0], ...changes };
}

function ids(timeline: Timeline): readonly string[] {
  return timeline.entries.map(({ logId }) => logId);
}

const stream = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 30 }),
    value: fc.constantFrom('a', 'a', 'a', 'b', 'b', 'c', 'd'),
    steps: fc.constantFrom([0], [1], [1], [0, 1]),
  }),
  { maxLength: 40 },
);

describe('leaving out what is redundant', () => {
  it('changes no outcome of distinct, whatever comes later and however late', () => {
    let left = 0;
    fc.assert(
      fc.property(stream, (events) => {
        const [whole, thinned] = [new Timeline([], []), new Timeline([], [])];
        for (const [seq, { at, value }] of events.entries()) {
          const one = entry(seq, { at, value });
          expect(evaluateSliding(distinct, thinned, one).kind).toBe(
            evaluateSliding(distinct, whole, one).kind,
          );
          bound(distinct, thinned, unlimited, 30);
          left += whole.entries.length - thinned.entries.length;
        }
      }),
      { numRuns: 3_000 },
    );
    expect(left).toBeGreaterThan(1_000);
  });

  it('changes nothing that missing reports', () => {
    let left = 0;
    fc.assert(
      fc.property(stream, (events) => {
        const [whole, thinned] = [new Timeline([], []), new Timeline([], [])];
        for (const [seq, { at, steps }] of events.entries()) {
          const one = entry(seq, { at, steps });
          expect(evaluateMissing(missing, thinned, one)).toEqual(evaluateMissing(missing, whole, one));
          bound(missing, thinned, unlimited, 30);
          left += whole.entries.length - thinned.entries.length;
          const now = seq;
          const reported = (timeline: Timeline) =>
            takeDue(missing, timeline, now).map(({ open }) => open.logId);
          expect(reported(thinned)).toEqual(reported(whole));
        }
      }),
      { numRuns: 3_000 },
    );
    expect(left).toBeGreaterThan(1_000);
  });
});

describe('what is too much', () => {
  const count = { ...distinct, kind: 'count' as const, count: 100, cooldownMs: 1_000 };

  it('is left out from the oldest on, of each step for itself', () => {
    const entries = [entry(0, { steps: [0] }), ...[1, 2, 3, 4].map((seq) => entry(seq, { steps: [1] }))];
    const timeline = new Timeline(entries, []);
    bound(count, timeline, { thinAbove: 4, keep: 2 }, 10);
    expect(ids(timeline)).toEqual(['e0', 'e3', 'e4']);
  });

  it('is left as it is up to the limit', () => {
    const timeline = new Timeline(
      [0, 1, 2].map((seq) => entry(seq, {})),
      [],
    );
    bound(count, timeline, { thinAbove: 3, keep: 1 }, 10);
    expect(ids(timeline)).toEqual(['e0', 'e1', 'e2']);
  });

  it('is left out from the middle of what waits to be followed', () => {
    const timeline = new Timeline(
      [0, 1, 2, 3].map((seq) => entry(seq, { dueAt: seq + 5 })),
      [],
    );
    bound(missing, timeline, { thinAbove: 0, keep: 2 }, 10);
    expect(ids(timeline)).toEqual(['e0', 'e3']);
  });

  it('is what lies further back than the window and a day, unless it waits to be followed', () => {
    const day = 86_400_000;
    const timeline = new Timeline([entry(0, {}), entry(1, {}), entry(2, { dueAt: 7 }), entry(3, {})], []);
    bound(missing, timeline, { thinAbove: 10, keep: 10 }, day + 8);
    expect(ids(timeline)).toEqual(['e2', 'e3']);
  });
});
