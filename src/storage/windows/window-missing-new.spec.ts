import type { Window } from '../../domain/windows/window.js';
import type { LogEvent } from '../../domain/event.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import {
  by,
  day,
  eventAt,
  hour,
  minute,
  noon,
  Replica,
  windowRule,
} from '../../../test/support/correlating.js';

function ofUser(user_id: string, at: number): LogEvent {
  return eventAt(noon + at, { user_id });
}

function login(user_id: string, user_agent: string, at: number): LogEvent {
  return eventAt(noon + at, { user_id, user_agent });
}

describe.each(databases)('windows of what is missing or new on $name', ({ open }) => {
  let database: TestDatabase;
  let replica: Replica;

  beforeEach(async () => {
    database = await open();
    replica = new Replica(database);
  });

  afterEach(() => database.close());

  const take: Replica['takeKind'] = (...args) => replica.takeKind(...args);

  describe('missing', () => {
    const unverified = windowRule({ kind: 'missing', by: by('user_id'), withinMs: day, cooldownMs: day });
    const rules = [unverified];
    const dueIds = async (now: number) =>
      (await replica.due(rules, now)).alerts.map(({ event }) => event.logId);

    it('reports a sign-up that is not verified, by the clock, once', async () => {
      const signUp = ofUser('auth0|1', 0);
      expect(await take(unverified, signUp, [0])).toBe('not-reached');
      expect(await replica.due(rules, noon + day - 1)).toEqual({ alerts: [], more: false });
      expect(await replica.due(rules, noon + day)).toMatchObject({
        alerts: [
          {
            rule: unverified,
            event: signUp,
            info: { count: 1, key: 'auth0|1', firstAt: noon, lastAt: noon, samples: [signUp.data] },
          },
        ],
        more: false,
      });
      expect(await dueIds(noon + 2 * day)).toEqual([]);
    });

    it('says nothing of one that is verified in time, to the last moment', async () => {
      await take(unverified, ofUser('auth0|1', 0), [0]);
      await take(unverified, ofUser('auth0|2', 0), [0]);
      await take(unverified, ofUser('auth0|1', day), [1]);
      await take(unverified, ofUser('auth0|2', day + 1), [1]);
      expect((await replica.due(rules, noon + day + 1)).alerts.map(({ info }) => info.key)).toEqual([
        'auth0|2',
      ]);
    });

    it('knows of a verification that came before its sign-up, and not of one that was before it', async () => {
      await take(unverified, ofUser('auth0|1', hour), [1]);
      await take(unverified, ofUser('auth0|2', -hour), [1]);
      await take(unverified, ofUser('auth0|1', 0), [0]);
      await take(unverified, ofUser('auth0|2', 0), [0]);
      expect((await replica.due(rules, noon + day)).alerts.map(({ info }) => info.key)).toEqual(['auth0|2']);
    });

    it('is reported late, and in order, when the time came while the router was down', async () => {
      const signUps = ['c', 'a', 'b'].map((user, index) => ofUser(user, index * hour));
      for (const signUp of signUps.toReversed()) await take(unverified, signUp, [0]);
      await database.reopen();
      expect(await dueIds(noon + 30 * day)).toEqual(signUps.map(({ logId }) => logId));
    });

    it('reports events once that come again within the cooldown, and counts them', async () => {
      for (const at of [0, minute, hour]) await take(unverified, ofUser('auth0|1', at), [0]);
      const { alerts } = await replica.due(rules, noon + day);
      expect(alerts.map(({ info }) => [info.count, info.lastAt])).toEqual([[3, noon + hour]]);
      expect(await dueIds(noon + 3 * day)).toEqual([]);
    });

    it('reports once when two replicas look at the same time', async () => {
      for (let user = 0; user < 30; user++) await take(unverified, ofUser(`auth0|${user}`, user), [0]);
      const both = await Promise.all(
        [replica, new Replica(database)].map((one) => one.due(rules, noon + 2 * day)),
      );
      const keys = both.flatMap(({ alerts }) => alerts.map(({ info }) => info.key));
      expect(keys.toSorted()).toEqual(Array.from({ length: 30 }, (_, user) => `auth0|${user}`).toSorted());
    });

    it('says that more are due than one look takes', async () => {
      const many = Array.from({ length: 201 }, (_, user) => ofUser(`auth0|${user}`, 0));
      await replica.correlate(many.map((event) => ({ rule: unverified, event, steps: [0] })));
      const looks = [];
      for (let look = 0; look < 3; look++) {
        const { alerts, more } = await replica.due(rules, noon + day);
        looks.push([alerts.length, more]);
      }
      expect(looks).toEqual([
        [200, true],
        [1, false],
        [0, false],
      ]);
    });

    it('can wait for the next event of the same sort, even at the same time', async () => {
      const last = ofUser('job', minute);
      for (const event of [ofUser('job', 0), ofUser('job', minute), last])
        await take(unverified, event, [0, 1]);
      expect(await dueIds(noon + 2 * day)).toEqual([last.logId]);
    });
  });

  describe('new', () => {
    const rule = windowRule({
      kind: 'new',
      by: by('user_id'),
      cooldownMs: 0,
      field: ['user_agent'],
      learnMs: 7 * day,
    });

    it('learns quietly first, then reports a user agent that the user has not had before, once', async () => {
      await replica.load([rule]);
      expect(await take(rule, login('u1', 'Firefox', hour))).toBe('not-reached');
      expect(await take(rule, login('u2', 'curl', 7 * day - 1))).toBe('not-reached');
      expect(await take(rule, login('u1', 'Firefox', 8 * day))).toBe('not-reached');
      expect(await replica.take(rule, login('u1', 'curl', 8 * day))).toMatchObject({
        count: 1,
        values: ['curl'],
        key: 'u1',
        firstAt: noon + 8 * day,
      });
      expect(await take(rule, login('u1', 'curl', 8 * day + 1))).toBe('not-reached');
      expect(await take(rule, login('u2', 'curl', 9 * day))).toBe('not-reached');
    });

    it('learns from the first load on, not from the first event or the last start', async () => {
      await replica.load([rule]);
      await database.reopen();
      await replica.load([rule], noon + 6 * day);
      expect(await take(rule, login('u1', 'curl', 7 * day))).toBe('completed');
    });

    it('learns still from events of that time that come late', async () => {
      await replica.load([rule]);
      await take(rule, login('u1', 'Firefox', 8 * day));
      expect(await take(rule, login('u1', 'curl', 6 * day))).toBe('not-reached');
      expect(await take(rule, login('u1', 'curl', 8 * day))).toBe('not-reached');
    });

    it('keeps alerts of a key apart where the rule has a throttle, and remembers what came meanwhile', async () => {
      const apart = windowRule({ ...rule.window, learnMs: 0, cooldownMs: hour } as Window);
      await replica.load([apart]);
      expect(await take(apart, login('u1', 'a', 0))).toBe('completed');
      expect(await take(apart, login('u1', 'b', minute))).toBe('cooldown');
      expect(await take(apart, login('u2', 'b', minute))).toBe('completed');
      expect(await take(apart, login('u1', 'b', 2 * hour))).toBe('not-reached');
      expect(await take(apart, login('u1', 'c', 2 * hour))).toBe('completed');
    });
  });
});
