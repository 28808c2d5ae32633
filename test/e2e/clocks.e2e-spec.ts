import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '../../src/storage/database/open-database.js';
import { emptyPostgres, type EmptyDatabase } from '../support/databases.js';
import { routersWithSlack } from '../support/routers-with-slack.js';
import { SkewedRouter } from '../support/skewed-router.js';

const rules = `
version: 1
channels:
  hook: { webhook: '\${SLACK_WEBHOOK_URL}' }
  same: { webhook: '\${SLACK_WEBHOOK_URL}' }
rules:
  - { id: failures, channels: [hook], match: { types: [f] } }
  - { id: logins, channels: [same], match: { types: [fp] } }
  - { id: once, channels: [hook], match: { types: [w] }, throttle: { every: 30m, by: [user_name] } }
`;
const minute = 60_000;
const hour = 60 * minute;
/** Far less than the clocks are apart. */
const soonMs = 20_000;
const ids = (from: string, count: number) => Array.from({ length: count }, (_, index) => `${from}-${index}`);

describe('the service', () => {
  // The service's own pace.
  const e2e = routersWithSlack(rules, { SLACK_RATE: '1', SLACK_BURST: '3' });

  const start = (aheadMs: number, environment: Record<string, string> = {}): Promise<SkewedRouter> =>
    SkewedRouter.start(e2e, aheadMs, environment);
  const untilShown = (...wanted: readonly string[]) =>
    e2e.slack.waitFor(() => wanted.every((id) => e2e.shown().includes(id)), soonMs);

  describe('on a SQLite file', () => {
    it('delivers on when its clock is put an hour forth and back', async () => {
      const router = await start(0);
      await router.setAhead(hour);
      // More than the budget lets out at once.
      for (const id of ids('ahead', 4)) expect(await router.send('f', id)).toBe(200);
      await untilShown(...ids('ahead', 4));
      await router.setAhead(0);
      for (const id of ids('back', 3)) expect(await router.send('f', id)).toBe(200);
      await untilShown(...ids('back', 3));
      expect(e2e.shown().toSorted()).toEqual([...ids('ahead', 4), ...ids('back', 3)]);
    }, 90_000);

    it('keeps throttles, silences and holds no longer than they are meant to last', async () => {
      const router = await start(hour);
      expect(await router.send('w', 'ahead-0')).toBe(200);
      await untilShown('ahead-0');
      await router.admin('silences', {
        method: 'POST',
        body: JSON.stringify({ rule: 'logins', for: '30m', reason: 'a drill', author: 'ops' }),
      });
      e2e.slack.answerNext({ kind: 'status', status: 429, headers: { 'Retry-After': '2' } });
      const { length } = e2e.slack.requests;
      expect(await router.send('f', 'held')).toBe(200);
      await e2e.slack.waitFor(() => e2e.slack.requests.length > length, soonMs);

      await router.setAhead(0);
      await untilShown('held');
      for (const id of ids('back', 3)) expect(await router.send('w', id)).toBe(200);
      await untilShown('back-0');
      const silenceEnds = async (): Promise<number> => {
        const { items } = await router.admin<{ items: { endsAt: string }[] }>('silences');
        return Date.parse(items[0]?.endsAt ?? '') - Date.now();
      };
      const deadline = Date.now() + soonMs;
      while ((await silenceEnds()) > 30 * minute && Date.now() < deadline) await wait(50);
      expect(await silenceEnds()).toBeLessThanOrEqual(30 * minute);
      expect(await silenceEnds()).toBeGreaterThan(20 * minute);
      expect(e2e.shown().toSorted()).toEqual(['ahead-0', 'back-0', 'held']);
    }, 90_000);

    it('delivers what a run with a clock an hour ahead left, and what comes new', async () => {
      const first = await start(hour);
      expect(await first.send('f', ...ids('ahead', 3))).toBe(200);
      await untilShown(...ids('ahead', 3));
      e2e.slack.answerNext({ kind: 'status', status: 429, headers: { 'Retry-After': '2' } });
      const { length } = e2e.slack.requests;
      expect(await first.send('f', ...ids('left', 2))).toBe(200);
      await e2e.slack.waitFor(() => e2e.slack.requests.length > length, soonMs);
      await first.stop();

      const second = await start(0);
      expect(await second.send('f', 'new')).toBe(200);
      await untilShown(...ids('left', 2), 'new');
      expect(e2e.shown().toSorted()).toEqual([...ids('ahead', 3), ...ids('left', 2), 'new']);
    }, 90_000);
  });

  describe('as two replicas whose clocks are minutes apart', () => {
    let database: EmptyDatabase;
    let both: readonly SkewedRouter[] = [];

    beforeEach(async () => {
      database = await emptyPostgres();
    });

    afterEach(async () => {
      for (const router of both) await router.destroy();
      await database.remove();
    });

    const startBoth = (environment: Record<string, string> = {}) =>
      Promise.all(
        [4 * minute, -3 * minute].map((ahead) =>
          start(ahead, { DATABASE_URL: database.url, ...environment }),
        ),
      );
    const leases = async (): Promise<{ channel: string; holder: string }[]> => {
      const db = openDatabase(database.url);
      try {
        return await db
          .selectFrom('channel_leases')
          .select(['channel', 'holder'])
          .orderBy('channel')
          .execute();
      } finally {
        await db.destroy();
      }
    };

    it('posts each event once and in time, at one pace, and leaves each channel with one of them', async () => {
      // Slack takes a little more at once, since posts are never quite evenly spaced.
      e2e.slack.limit({ perSecond: 4, burst: 8 });
      both = await startBoth({ SLACK_RATE: '4', SLACK_BURST: '4' });
      await both[0]!.send('f', 'first');
      await both[1]!.send('fp', 'other');
      await untilShown('first', 'other');
      const held = await leases();
      expect(held.map(({ channel }) => channel)).toEqual(['hook', 'same']);
      const all = ids('id', 24);
      for (const [index, id] of all.entries())
        expect(await both[index % 2]!.send(index % 4 < 2 ? 'f' : 'fp', id)).toBe(200);
      await untilShown(...all);
      expect(e2e.shown().toSorted()).toEqual([...all, 'first', 'other'].toSorted());
      expect(e2e.slack.requests.map(({ outcome }) => outcome.kind)).not.toContain('rate-limited');
      expect(await leases()).toEqual(held);
    }, 90_000);

    it('leaves a channel alone, in both of them, as long as it asked for', async () => {
      both = await startBoth();
      await both[0]!.send('f', 'first');
      await untilShown('first');
      e2e.slack.answerNext({ kind: 'status', status: 429, headers: { 'Retry-After': '4' } });
      await both[1]!.send('f', 'held');
      await e2e.slack.waitFor(() => e2e.slack.requests.length === 2, soonMs);
      for (const [index, id] of ids('more', 4).entries()) await both[index % 2]!.send('f', id);
      await untilShown('held', ...ids('more', 4));
      const [refused, next] = e2e.slack.requests.slice(1);
      expect((next?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(3_900);
    }, 90_000);
  });
});
