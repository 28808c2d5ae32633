import { loadedRules } from '../../test/support/loaded-rules.js';
import { SequentialIds } from './sequential-ids.js';
import { Backtest } from './backtest.js';
import { Comparison } from './compare.js';
import { ExportCounts, readEvents } from './read-events.js';
import type { CountedAlert } from './tally.js';

const noon = Date.UTC(2026, 0, 5, 12);
const head =
  'version: 1\nchannels: { a: { console: true }, b: { console: true } }\ndefaults: { channels: [a] }\nrules:\n';

/** An event so many seconds after noon. */
function event(seconds: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    _id: `e-${seconds}-${JSON.stringify(more)}`,
    date: new Date(noon + seconds * 1000).toISOString(),
    type: 'fu',
    ip: '203.0.113.9',
    ...more,
  };
}

async function* inPieces(events: readonly unknown[], form: 'lines' | 'array' = 'lines') {
  const text =
    form === 'array'
      ? JSON.stringify(events, null, 2)
      : events.map((each) => JSON.stringify(each)).join('\n');
  for (let from = 0; from < text.length; from += 100) yield Buffer.from(text.slice(from, from + 100));
}

interface Outcome {
  readonly rules: Record<string, readonly number[]>;
  readonly channels: Record<string, readonly number[]>;
  readonly alerts: readonly CountedAlert[];
  readonly backtest: Backtest;
}

async function run(rules: string, events: readonly unknown[], collectEvery = 1_000): Promise<Outcome> {
  const backtest = new Backtest(await loadedRules(head + rules), new SequentialIds());
  const alerts: CountedAlert[] = [];
  let fed = 0;
  for await (const chunk of readEvents(inPieces(events), new ExportCounts())) {
    await backtest.feed(chunk.events);
    fed += chunk.events.length;
    if (fed < collectEvery) continue;
    alerts.push(...(await backtest.collect()));
    fed = 0;
  }
  alerts.push(...(await backtest.collect()));
  backtest.finish();
  const { rules: byRule, channels } = backtest.tallies;
  return {
    rules: Object.fromEntries(
      [...byRule].map(([id, { matched, alerts: reported, messages }]) => [id, [matched, reported, messages]]),
    ),
    channels: Object.fromEntries(
      [...channels].map(([name, { alerts: reported, messages }]) => [name, [reported, messages]]),
    ),
    alerts,
    backtest,
  };
}

const second = 1;
const minute = 60;
const hour = 3_600;

describe('Backtest', () => {
  it.each<[string, string, readonly unknown[], readonly number[]]>([
    ['every match', '', [event(0), event(1), event(2, { type: 's' })], [2, 2, 2]],
    ['an event that stands twice', '', [event(0), event(0), event(1)], [2, 2, 2]],
    [
      'a throttle',
      'throttle: { every: 1h },',
      [0, minute, 2 * minute, hour + 10].map((at) => event(at)),
      [4, 4, 2],
    ],
    ['what a throttle suppresses at the end', 'throttle: { every: 1h },', [event(0), event(1)], [2, 2, 2]],
    ['a group', 'group: { wait: 1m },', [0, 30, 59, 90].map((at) => event(at)), [4, 4, 2]],
    ['hours', 'active: { to: "12:30" },', [event(0), event(hour)], [2, 1, 1]],
    [
      'a count',
      'window: { within: 10m, count: 3 },',
      [0, 1, 2, 3, 20 * minute].map((at) => event(at)),
      [5, 1, 1],
    ],
    ['two channels', 'channels: [a, b],', [event(0)], [1, 1, 2]],
    [
      'what is missing',
      'window: { within: 10m, by: [ip], missing: { types: [s] } },',
      [
        event(0),
        event(5 * minute, { type: 's' }),
        event(hour),
        event(2 * hour),
        event(2 * hour + second, { type: 's' }),
      ],
      [5, 1, 1],
    ],
  ])('counts %s', async (_case, keys, events, expected) => {
    const rules = `  - { id: r, ${keys} match: { types: [fu] } }`;
    for (const collectEvery of [1, 1_000])
      expect((await run(rules, events, collectEvery)).rules['r']).toEqual(expected);
  });

  it('counts the message of two rules for one channel once there, and for each of them', async () => {
    const rules = '  - { id: r, match: {}, channels: [a] }\n  - { id: s, match: {}, channels: [a, b] }';
    const { rules: byRule, channels } = await run(rules, [event(0)]);
    expect(byRule).toEqual({ r: [1, 1, 1], s: [1, 1, 2] });
    expect(channels).toEqual({ a: [2, 1], b: [1, 1] });
  });

  it('knows the busiest hour and the most frequent keys', async () => {
    const events = [
      event(0, { user_name: 'x' }),
      event(hour, { user_name: 'y' }),
      event(hour + 1, { user_name: 'x' }),
    ];
    const { backtest } = await run('  - { id: r, match: {} }', events);
    const tally = backtest.tallies.rules.get('r');
    expect(tally?.busiestHour).toEqual({ hour: noon + hour * 1000, alerts: 2 });
    expect(tally?.topKeys).toEqual([
      ['x', 2],
      ['y', 1],
    ]);
  });

  it('says what other rules would add and remove', async () => {
    const events = [event(0), event(1, { type: 'fp' }), event(2, { type: 'f' })];
    const [before, after] = await Promise.all([
      run('  - { id: r, match: { types: [fu, fp] } }', events),
      run('  - { id: r, match: { types: [f, fp] } }', events),
    ]);
    const comparison = new Comparison();
    comparison.take(before.alerts, after.alerts);
    expect(comparison.added).toMatchObject([
      { rule: 'r', channel: 'a', count: 1, samples: [{ at: noon + 2_000 }] },
    ]);
    expect(comparison.removed).toMatchObject([
      { rule: 'r', channel: 'a', count: 1, samples: [{ at: noon }] },
    ]);
  });
});

describe('readEvents', () => {
  async function read(pieces: AsyncIterable<Buffer>) {
    const counts = new ExportCounts();
    const events = [];
    for await (const chunk of readEvents(pieces, counts)) events.push(...chunk.events);
    return { events, counts };
  }

  it.each(['lines', 'array'] as const)(
    'reads %s, enveloped or bare, and pages of the Management API',
    async (form) => {
      const { events, counts } = await read(
        inPieces(
          [event(0), { log_id: 'b', data: event(1) }, { start: 0, logs: [event(2)] }, { no: 'event' }, 7],
          form,
        ),
      );
      expect(events.map(({ logId, at }) => [logId.slice(0, 3), (at - noon) / 1000])).toEqual([
        ['e-0', 0],
        ['b', 1],
        ['e-2', 2],
      ]);
      // Beside objects an array may hold scalars, which are passed over.
      expect(counts).toMatchObject({ events: 3, skipped: form === 'lines' ? 2 : 1, outOfOrder: 0 });
    },
  );

  it('gives an event without a date the one before it, and counts those that are out of order', async () => {
    const { events, counts } = await read(inPieces([event(2 * hour), { type: 'fu' }, event(0), event(hour)]));
    expect(events.map(({ at }) => (at - noon) / 1000)).toEqual([2 * hour, 2 * hour, 0, hour]);
    expect(counts.outOfOrder).toBe(1);
  });
});
