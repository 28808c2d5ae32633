import * as fc from 'fast-check';
import { Correlator, type Correlation } from '../../domain/windows/correlator.js';
import type { WindowInput } from '../../domain/windows/window-input.js';
import type { WindowInfo } from '../../domain/windows/window-info.js';
import type { Window, WindowRule } from '../../domain/windows/window.js';
import type { LogEvent } from '../../domain/event.js';
import { fingerprint } from '../../app/fingerprint.js';
import { windowBackends, type WindowBackend } from '../../../test/support/window-backends.js';
import { WindowReference, type ShownWindow, type Verdict } from '../../../test/support/window-reference.js';

const start = Date.UTC(2026, 0, 15, 12);
const minute = 60_000;

/** What happens to the router: a batch of events, a look at the clock, a restart or a prune. Times are minutes. */
type Act =
  | { readonly kind: 'batch'; readonly after: number; readonly events: readonly Arrival[] }
  | { readonly kind: 'tick' | 'restart' | 'reopen' | 'prune'; readonly after: number };

/** An event of so many minutes ago, or one that has come before. */
type Arrival =
  | {
      readonly kind: 'first';
      readonly late: number;
      readonly key?: string;
      readonly field?: string;
      readonly user_name?: string;
      /** The steps that it matches, of each rule. */
      readonly steps: readonly (readonly number[])[];
    }
  | { readonly kind: 'repeated'; readonly which: number };

/** By then the time of everything that is to be followed is up. */
const ending: Act = { kind: 'tick', after: 60 };

const keyed = { by: [{ kind: 'path' as const, steps: ['key'] }] };
// With alerts of a key five minutes apart, no stream has more of them than a key remembers.
const times = {
  withinMs: fc.integer({ min: 1, max: 20 }).map((minutes) => minutes * minute),
  cooldownMs: fc.integer({ min: 5, max: 25 }).map((minutes) => minutes * minute),
};
const field = fc.constant(['field']);
const window: fc.Arbitrary<Window> = fc
  .oneof(
    fc.record({ kind: fc.constant('count' as const), ...times, count: fc.integer({ min: 1, max: 5 }) }),
    fc.record({
      kind: fc.constant('distinct' as const),
      ...times,
      field,
      count: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({
      kind: fc.constant('sequence' as const),
      ...times,
      steps: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
      ordered: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('missing' as const), ...times }),
    fc.record({
      kind: fc.constant('new' as const),
      cooldownMs: fc.oneof(fc.constant(0), times.cooldownMs),
      field,
      learnMs: fc.constantFrom(0, 20 * minute),
    }),
  )
  .map((one) => ({ ...keyed, ...one }));

const steps = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom([0], [1], [2]) },
  { weight: 1, arbitrary: fc.constantFrom([0, 1], [1, 2], [0, 1, 2]) },
);
const anyArrival: fc.Arbitrary<Arrival> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record(
      {
        kind: fc.constant('first' as const),
        late: fc.oneof(
          { weight: 3, arbitrary: fc.constant(0) },
          { weight: 2, arbitrary: fc.integer({ min: 0, max: 5 }) },
          { weight: 1, arbitrary: fc.integer({ min: 0, max: 30 }) },
        ),
        key: fc.constantFrom('a', 'a', 'a', 'b', 'c', ''),
        field: fc.constantFrom('1', '2', '3', '4', ''),
        user_name: fc.constantFrom('x', 'y', ''),
        steps: fc.array(steps, { minLength: 3, maxLength: 3 }),
      },
      { requiredKeys: ['kind', 'late', 'steps'] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeated' as const), which: fc.nat() }) },
);
const after = fc.integer({ min: 0, max: 4 });
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('batch' as const),
      after,
      events: fc.array(anyArrival, { minLength: 1, maxLength: 6 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('tick' as const), after }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('restart' as const, 'prune' as const), after }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const), after }) },
);

describe.each(windowBackends)('windows $name', ({ open }) => {
  let backend: WindowBackend;

  beforeAll(async () => {
    backend = await open();
  });

  afterAll(() => backend.close());

  it('decide as the reference model does, over any stream, cut into batches and by restarts anyhow', async () => {
    const seen: Record<string, number> = {};
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(window, { minLength: 1, maxLength: 3 }),
        fc.array(anyAct, { minLength: 1, maxLength: 16 }),
        async (windows, acts) => {
          run += 1;
          const rules = windows.map((one, index): WindowRule => ({
            id: `rule-${index}`,
            hash: `run-${run}`,
            window: one,
          }));
          const player = new Player(backend, rules, run);
          for (const one of [...acts, ending]) await player.play(one);
          for (const [kind, count] of player.seen) seen[kind] = (seen[kind] ?? 0) + count;
        },
      ),
      { numRuns: 400 },
    );
    for (const kind of ['count', 'distinct', 'sequence', 'missing', 'new'])
      expect([kind, (seen[kind] ?? 0) > 20]).toEqual([kind, true]);
    for (const kind of ['cooldown', 'no-part', 'not-reached'])
      expect([kind, (seen[kind] ?? 0) > 50]).toEqual([kind, true]);
  }, 120_000);
});

/** Plays a stream to the router's windows and to the reference, and holds one against the other. */
class Player {
  /** How often each kind of window alerted, and how often each other verdict fell. */
  readonly seen = new Map<string, number>();
  private readonly references: readonly WindowReference[];
  private readonly events: { readonly event: LogEvent; readonly steps: readonly (readonly number[])[] }[] =
    [];
  private correlator = new Correlator(fingerprint);
  private now = start;
  private loaded = false;

  constructor(
    private readonly backend: WindowBackend,
    private readonly rules: readonly WindowRule[],
    private readonly run: number,
  ) {
    this.references = rules.map((rule) => new WindowReference(rule.window, start));
  }

  async play(act: Act): Promise<void> {
    if (!this.loaded) {
      await this.backend.transaction((windows) => windows.load(this.rules, start));
      this.loaded = true;
    }
    this.now += act.after * minute;
    switch (act.kind) {
      case 'batch':
        return this.batch(act.events);
      case 'tick':
        return this.tick();
      case 'prune':
        return this.backend.prune(this.now);
      case 'reopen':
        await this.backend.reopen();
        return this.restart();
      case 'restart':
        return this.restart();
    }
  }

  private restart(): void {
    this.correlator = new Correlator(fingerprint);
    this.backend.restart();
  }

  private async batch(arrivals: readonly Arrival[]): Promise<void> {
    const arrived = arrivals.flatMap((one) => this.arrive(one));
    await this.backend.transaction(async (windows, seenEvents) => {
      const fresh = await seenEvents.record([...new Set(arrived.map(({ event }) => event.logId))], this.now);
      const taken = new Set<string>();
      const inputs: WindowInput[] = [];
      const expected: Verdict[] = [];
      for (const { event, steps: matched } of arrived) {
        if (!fresh.has(event.logId) || taken.has(event.logId)) continue;
        taken.add(event.logId);
        for (const [index, rule] of this.rules.entries()) {
          const own = stepsFor(rule.window, matched[index] ?? [0]);
          if (own.length === 0) continue;
          inputs.push({ rule, event, steps: own });
          expected.push((this.references[index] as WindowReference).take(event, own));
        }
      }
      const { correlations, cooldownEvents, crowded } = await this.correlator.correlate(
        inputs,
        windows,
        this.now,
      );
      expect(crowded.length).toBeLessThanOrEqual(this.rules.length);
      expect(correlations.map((one) => verdictOf(one))).toEqual(expected);
      expect(cooldownEvents.reduce((sum, { count }) => sum + count, 0)).toBe(
        expected.filter(({ kind }) => kind === 'cooldown').length,
      );
      for (const [index, { kind }] of expected.entries())
        this.count(kind === 'completed' ? (inputs[index] as WindowInput).rule.window.kind : kind);
      for (const one of correlations) if (one.kind === 'completed') expectSamples(one.info);
    });
  }

  private async tick(): Promise<void> {
    const { alerts, more } = await this.backend.transaction((windows) =>
      this.correlator.due(this.rules, windows, this.now),
    );
    expect(more).toBe(false);
    for (const [index, rule] of this.rules.entries()) {
      const own = alerts.filter((alert) => alert.rule === rule);
      const expected = (this.references[index] as WindowReference).due(this.now);
      expect(new Map(own.map(({ event, info }) => [event.logId, shownOf(info)]))).toEqual(expected);
      for (const { event, info } of own) {
        const original = this.events.find((one) => one.event.logId === event.logId);
        expect(event).toEqual(original?.event);
        expectSamples(info);
        this.count('missing');
      }
    }
  }

  private arrive(arrival: Arrival): Player['events'] {
    if (arrival.kind === 'repeated') {
      const again = this.events[arrival.which % Math.max(this.events.length, 1)];
      return again === undefined ? [] : [again];
    }
    const { kind: _, late, steps: matched, ...data } = arrival;
    const logId = `${this.run}-${this.events.length}`;
    const at = Math.max(start, this.now - late * minute);
    const event = { logId, type: 'fp', at, data: { type: 'fp', log_id: logId, at, ...data } };
    this.events.push({ event, steps: matched });
    return [{ event, steps: matched }];
  }

  private count(kind: string): void {
    this.seen.set(kind, (this.seen.get(kind) ?? 0) + 1);
  }
}

/** The steps that a window of that kind has. */
function stepsFor(one: Window, matched: readonly number[]): readonly number[] {
  switch (one.kind) {
    case 'sequence':
      return matched.filter((step) => step < one.steps.length);
    case 'missing':
      return matched.filter((step) => step < 2);
    default:
      return [0];
  }
}

function verdictOf(correlation: Correlation): Verdict {
  return correlation.kind === 'completed'
    ? { kind: 'completed', shown: shownOf(correlation.info) }
    : { kind: correlation.kind };
}

function shownOf({ count, key, values, steps: bySteps, firstAt, lastAt }: WindowInfo): ShownWindow {
  return { count, key, values, steps: bySteps, firstAt, lastAt };
}

/** Samples are events of the window in their order, from the first to the last. */
function expectSamples({ samples, firstAt, lastAt, first, last }: WindowInfo): void {
  const sampleTimes = samples.map((sample) => sample['at'] as number);
  expect([sampleTimes[0], sampleTimes.at(-1)]).toEqual([firstAt, lastAt]);
  expect(sampleTimes).toEqual(sampleTimes.toSorted((a, b) => a - b));
  expect(new Set(samples.map((sample) => sample['log_id'])).size).toBe(samples.length);
  expect([Date.parse(first), Date.parse(last)]).toEqual([firstAt, lastAt]);
}
