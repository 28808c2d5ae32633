import type { Window } from '../../domain/windows/window.js';
import type { LogEvent } from '../../domain/event.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import { by, eventAt, minute, noon, Replica, second, windowRule } from '../../../test/support/correlating.js';

const tenMinutes = { withinMs: 10 * minute, cooldownMs: 10 * minute };

function from(ip: string, at: number): LogEvent {
  return eventAt(noon + at, { ip });
}

function fromOne(user_id: unknown, at: number): LogEvent {
  return eventAt(noon + at, { ip: '203.0.113.9', user_id });
}

function attempt(at: number, user_name: string): LogEvent {
  return eventAt(noon + at, { ip: '198.51.100.7', user_name });
}

describe.each(databases)('sliding windows on $name', ({ open }) => {
  let database: TestDatabase;
  let replica: Replica;

  beforeEach(async () => {
    database = await open();
    replica = new Replica(database);
  });

  afterEach(() => database.close());

  const take: Replica['takeKind'] = (...args) => replica.takeKind(...args);

  describe('count', () => {
    const rule = windowRule({ kind: 'count', by: by('ip'), ...tenMinutes, count: 3 });

    it('alerts on the last of so many within the time, each key for itself', async () => {
      expect(await take(rule, from('a', 0))).toBe('not-reached');
      expect(await take(rule, from('b', 1))).toBe('not-reached');
      expect(await take(rule, from('a', 2))).toBe('not-reached');
      expect(await take(rule, from('b', 3))).toBe('not-reached');
      expect(await replica.take(rule, from('a', 10 * minute))).toMatchObject({ count: 3, key: 'a' });
      expect(await replica.take(rule, from('b', 4))).toMatchObject({ count: 3, key: 'b' });
    });

    it('slides: events further apart than the time never count together', async () => {
      const answers = [];
      for (let index = 0; index < 10; index++)
        answers.push(await take(rule, from('a', index * (5 * minute + 1))));
      expect(new Set(answers)).toEqual(new Set(['not-reached']));
    });

    it('counts a late event at its own time, with those that came before it', async () => {
      expect(await take(rule, from('a', 0))).toBe('not-reached');
      expect(await take(rule, from('a', 9 * minute))).toBe('not-reached');
      expect(await take(rule, from('a', 30 * minute))).toBe('not-reached');
      expect(await replica.take(rule, from('a', 5 * minute))).toMatchObject({
        count: 3,
        firstAt: noon,
        lastAt: noon + 9 * minute,
      });
    });

    it('rests after an alert, then alerts again on a steady attack and not on a stray event', async () => {
      const answers = [];
      for (let index = 0; index < 23; index++) answers.push(await take(rule, from('a', index * minute)));
      const alerts = answers.flatMap((answer, index) => (answer === 'completed' ? [index] : []));
      expect(alerts).toEqual([2, 14]);
      expect(answers.slice(3, 12)).toEqual(Array(9).fill('cooldown'));
      expect(answers.slice(12, 14)).toEqual(['not-reached', 'not-reached']);
      expect(await take(rule, from('a', 24 * minute))).toBe('not-reached');
      expect(await take(rule, from('a', 34 * minute + 2))).toBe('not-reached');
    });

    it('reports an old count once only where the cooldown is shorter than the window', async () => {
      const short = windowRule({ ...rule.window, cooldownMs: minute });
      for (const at of [0, 1, 2]) await take(short, from('a', at));
      expect(await take(short, from('a', 2 * minute))).toBe('not-reached');
      expect(await take(short, from('a', 3 * minute))).toBe('not-reached');
      expect(await take(short, from('a', 4 * minute))).toBe('completed');
    });

    it('never reports again what an alert has reported, nor counts across an alert, when an event comes late', async () => {
      const short = windowRule({ ...rule.window, cooldownMs: minute });
      const answers = [];
      for (const at of [0, 5, 9, 4, 11, 3]) answers.push(await take(short, from('a', at * minute)));
      expect(answers).toEqual([
        'not-reached',
        'not-reached',
        'completed',
        // Only four is left before the alert at nine,
        'not-reached',
        // eleven stands alone after it,
        'not-reached',
        // and three, four and eleven are on two sides of it.
        'not-reached',
      ]);
      expect(await take(short, from('a', 2 * minute))).toBe('completed');
    });

    it('rests on either side of an alert: a batch that comes backwards alerts once', async () => {
      const batch = [9, 8, 7, 6, 5, 4, 3, 2, 1].map((at) => ({
        rule,
        event: from('a', at * minute),
        steps: [0],
      }));
      const { correlations } = await replica.correlate(batch);
      expect(correlations.map(({ kind }) => kind)).toEqual([
        'not-reached',
        'not-reached',
        'completed',
        ...Array(6).fill('cooldown'),
      ]);
      expect(await take(rule, from('a', -5 * minute))).toBe('not-reached');
    });

    it('gives samples of the events and times people and machines can read', async () => {
      const seven = windowRule({ ...rule.window, count: 7 } as Window);
      const users = ['u0', 'u1', 'u1', 'u2', 'u3', 'u3', 'u4'];
      const reported = [];
      for (const [index, user_name] of users.entries())
        reported.push(await replica.take(seven, eventAt(noon + index * second, { ip: 'a', user_name })));
      expect(reported.at(-1)).toEqual({
        count: 7,
        values: ['u0', 'u1', 'u2', 'u3', 'u4'],
        steps: [],
        first: '2026-01-15T12:00:00.000Z',
        last: '2026-01-15T12:00:06.000Z',
        firstAt: noon,
        lastAt: noon + 6 * second,
        key: 'a',
        samples: [0, 2, 3, 5, 6].map((index) => expect.objectContaining({ user_name: users[index] })),
      });
    });

    it.each<[string, Record<string, unknown>]>([
      ['a path that leads nowhere', {}],
      ['one of two', { ip: 'a' }],
      ['one of two, since it is empty,', { ip: 'a', user: { id: '' } }],
    ])('takes no event that lacks %s of the key', async (_, data) => {
      const two = windowRule({ ...rule.window, by: by('ip', 'user.id') });
      expect(await take(two, eventAt(noon, data))).toBe('no-part');
    });

    it('counts every spelling of an address together', async () => {
      const two = windowRule({ ...rule.window, by: by('ip', 'user_name') } as Window);
      const spelt = (ip: string, user_name: string) => eventAt(noon, { ip, user_name });
      expect(await take(two, spelt('2001:DB8::0:1', 'ann@example.com'))).toBe('not-reached');
      expect(await take(two, spelt('2001:db8:0:0:0:0:0:1', 'Ann@Example.com'))).toBe('not-reached');
      expect(await replica.take(two, spelt('2001:db8::1', 'ANN@EXAMPLE.COM'))).toMatchObject({
        count: 3,
        key: '2001:db8::1,ann@example.com',
        values: ['ann@example.com'],
      });
    });

    it('names the user by id where Auth0 does not know the name', async () => {
      const named = { ip: 'a', user_name: '', user_id: 'auth0|1' };
      for (let index = 0; index < 2; index++) await take(rule, eventAt(noon, { ip: 'a', user_name: '' }));
      expect(await replica.take(rule, eventAt(noon, named))).toMatchObject({ values: ['auth0|1'] });
    });

    it('distinguishes keys that read the same', async () => {
      const two = windowRule({ ...rule.window, by: by('a', 'b'), count: 2 } as Window);
      expect(await take(two, eventAt(noon, { a: 'x,y', b: 'z' }))).toBe('not-reached');
      expect(await take(two, eventAt(noon, { a: 'x', b: 'y,z' }))).toBe('not-reached');
      expect(await replica.take(two, eventAt(noon, { a: 'x', b: 'y,z' }))).toMatchObject({ key: 'x,y,z' });
    });

    it('counts everything together where there is no key', async () => {
      const all = windowRule({ ...rule.window, by: [], count: 2 } as Window);
      expect(await take(all, eventAt(noon))).toBe('not-reached');
      expect(await replica.take(all, eventAt(noon))).toMatchObject({ key: '', count: 2 });
    });
  });

  describe('distinct', () => {
    const rule = windowRule({
      kind: 'distinct',
      by: by('ip'),
      ...tenMinutes,
      field: ['user_id'],
      count: 3,
    });

    it('reports so many users from one address, however often each came', async () => {
      const answers = [];
      for (const [at, user] of ['u1', 'u2', 'u1', 'u2', 'u1'].entries())
        answers.push(await take(rule, fromOne(user, at)));
      expect(new Set(answers)).toEqual(new Set(['not-reached']));
      expect(await replica.take(rule, fromOne('u3', 5))).toMatchObject({
        count: 3,
        values: ['u1', 'u2', 'u3'],
        key: '203.0.113.9',
      });
    });

    it('distinguishes values of different kinds, and leaves out missing ones', async () => {
      expect(await take(rule, fromOne(1, 0))).toBe('not-reached');
      expect(await take(rule, fromOne('1', 1))).toBe('not-reached');
      expect(await take(rule, eventAt(noon, { ip: '203.0.113.9' }))).toBe('no-part');
      expect(await take(rule, fromOne('', 1))).toBe('no-part');
      expect(await replica.take(rule, fromOne(null, 2))).toMatchObject({ values: ['1', '1', 'null'] });
    });

    it('takes every spelling of an address for one value', async () => {
      for (const [at, address] of ['::ffff:203.0.113.9', '203.0.113.9', '::FFFF:CB00:7109'].entries())
        expect(await take(rule, fromOne(address, at))).toBe('not-reached');
    });

    it('distinguishes long values by more than their beginning', async () => {
      const long = 'x'.repeat(5_000);
      for (const end of ['a', 'a', 'b', 'b'])
        expect(await take(rule, fromOne(long + end, 0))).toBe('not-reached');
      expect(await take(rule, fromOne(`${long}c`, 1))).toBe('completed');
    });
  });

  describe('sequence', () => {
    const sequence = {
      kind: 'sequence' as const,
      by: by('ip'),
      ...tenMinutes,
      steps: [20, 1],
      ordered: true,
    };
    const bruteForce = windowRule(sequence);

    it('reports brute force as one alert: 20 failures from one address, then a success', async () => {
      for (let index = 0; index < 20; index++) {
        expect(await take(bruteForce, attempt(index * 10 * second, `user${index % 3}`), [0])).toBe(
          'not-reached',
        );
      }
      expect(await replica.take(bruteForce, attempt(5 * minute, 'user1'), [1])).toMatchObject({
        count: 21,
        steps: [20, 1],
        values: ['user0', 'user1', 'user2'],
        first: '2026-01-15T12:00:00.000Z',
        last: '2026-01-15T12:05:00.000Z',
        key: '198.51.100.7',
      });
      expect(await take(bruteForce, attempt(6 * minute, 'user1'), [1])).toBe('cooldown');
    });

    it('says nothing of a success that comes before, and nothing of one after too few failures', async () => {
      expect(await take(bruteForce, attempt(0, 'u'), [1])).toBe('not-reached');
      for (let index = 1; index < 20; index++) await take(bruteForce, attempt(index, 'u'), [0]);
      expect(await take(bruteForce, attempt(minute, 'u'), [1])).toBe('not-reached');
    });

    it('goes by event time: a success that came before the failures in front of it', async () => {
      expect(await take(bruteForce, attempt(5 * minute, 'u'), [1])).toBe('not-reached');
      const answers = [];
      for (let index = 0; index < 20; index++) answers.push(await take(bruteForce, attempt(index, 'u'), [0]));
      expect(answers.indexOf('completed')).toBe(19);
    });

    it('takes events of the same time in the order they came', async () => {
      const rule = windowRule({ ...sequence, steps: [1, 1] });
      expect(await take(rule, attempt(0, 'u'), [1])).toBe('not-reached');
      expect(await take(rule, attempt(0, 'u'), [0])).toBe('not-reached');
      expect(await take(rule, attempt(0, 'u'), [1])).toBe('completed');
    });

    it('lets an event serve one step only', async () => {
      for (const ordered of [true, false]) {
        const rule = windowRule({ ...sequence, steps: [1, 1], ordered }, { id: `ordered-${ordered}` });
        expect(await take(rule, attempt(0, 'u'), [0, 1])).toBe('not-reached');
        expect(await take(rule, attempt(1, 'u'), [0, 1])).toBe('completed');
      }
    });

    it('takes any order where it is not ordered', async () => {
      const rule = windowRule({ ...sequence, steps: [2, 1], ordered: false });
      expect(await take(rule, attempt(0, 'u'), [1])).toBe('not-reached');
      expect(await take(rule, attempt(1, 'u'), [0])).toBe('not-reached');
      expect(await take(rule, attempt(2, 'u'), [0])).toBe('completed');
    });
  });
});
