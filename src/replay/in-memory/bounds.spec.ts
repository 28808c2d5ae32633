import { Correlator } from '../../domain/windows/correlator.js';
import { fingerprint } from '../../app/fingerprint.js';
import { by, eventAt, hour, noon, windowRule } from '../../../test/support/correlating.js';
import { DueQueue } from './due-queue.js';
import { InMemorySamples } from './samples.js';
import { InMemoryWindowStates } from './window-states.js';

describe('InMemoryWindowStates', () => {
  it('forgets the keys used longest ago when all keys together hold too much, and counts them', async () => {
    const room = { forThreeKeysOfTwoEvents: 12 };
    const windows = new InMemoryWindowStates(room.forThreeKeysOfTwoEvents);
    const correlator = new Correlator(fingerprint);
    const times = { withinMs: hour, cooldownMs: hour };
    const rule = windowRule({ kind: 'count', by: by('ip'), count: 4, ...times });
    const take = async (...addresses: readonly string[]): Promise<readonly string[]> => {
      const inputs = addresses.map((ip) => ({ rule, event: eventAt(noon, { ip }), steps: [0] }));
      const { correlations } = await correlator.correlate(inputs, windows, noon);
      return correlations.map(({ kind }) => kind);
    };
    await take('a', 'a', 'b', 'b', 'c');
    await take('a');
    expect(windows.forgotten).toBe(0);
    await take('c', 'c');
    expect(windows.forgotten).toBe(1);
    expect(await take('a')).toEqual(['completed']);
    expect(await take('b', 'b')).toEqual(['not-reached', 'not-reached']);
  });
});

describe('InMemorySamples', () => {
  const sample = (logId: string, keepUntil = noon) => ({ logId, data: `{"id":"${logId}"}`, keepUntil });

  it('forgets the oldest data of too much', () => {
    const samples = new InMemorySamples(20);
    samples.keep(sample('a'));
    samples.keep(sample('b'));
    samples.keep(sample('c'));
    expect([...samples.read(['a', 'b', 'c']).keys()]).toEqual(['b', 'c']);
  });

  it('prunes what is not needed any more, and keeps the data of events that wait', () => {
    const samples = new InMemorySamples();
    for (const logId of ['a', 'b']) samples.keep(sample(logId, noon - 1));
    samples.keep(sample('c'));
    samples.prune(noon, new Set(['b']));
    expect([...samples.read(['a', 'b', 'c']).keys()]).toEqual(['b', 'c']);
  });
});

describe('DueQueue', () => {
  it('returns what is due, the soonest first and each once, and drops what is due no more', () => {
    const queue = new DueQueue();
    for (const [id, at] of [
      ['b', 2],
      ['a', 1],
      ['c', 3],
      ['a', 2],
    ] as const)
      queue.add(id, at);
    expect(queue.due(2, 10, () => true)).toEqual(['a', 'b']);
    expect(queue.due(2, 1, () => true)).toEqual(['a']);
    expect(queue.due(5, 10, (id) => id !== 'a')).toEqual(['b', 'c']);
    expect(queue.due(5, 10, () => true)).toEqual(['b', 'c']);
  });
});
