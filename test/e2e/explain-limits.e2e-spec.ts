import { setTimeout as pause } from 'node:timers/promises';
import { RunningApp } from '../support/running-app.js';

const rules = 'version: 1\nchannels: { local: { console: true } }\nrules: [{ id: all, match: {} }]\n';
/** A list of 1.5 million values, which takes more memory or time to read than an explanation may. */
const explosive = `${rules}lists: { long: [${'1,'.repeat(1_500_000)}1] }\n`;
const minute = 60_000;

describe('an explanation that takes too much', () => {
  let app: RunningApp;

  beforeEach(async () => {
    app = await RunningApp.start(rules);
  });

  afterEach(() => app.close());

  const explain = (text: string, signal?: AbortSignal): Promise<Response> =>
    app.admin('rules/explain', {
      method: 'POST',
      // A connection that is kept would keep the service from ending.
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify({ events: [{ type: 's' }], rules: text }),
      signal: signal ?? null,
    });

  /** Whether this process, which runs the service too, has processes of its own. */
  const processes = async (wanted: boolean): Promise<void> => {
    const deadline = Date.now() + minute / 2;
    while (process.getActiveResourcesInfo().includes('ProcessWrap') !== wanted) {
      if (Date.now() > deadline) throw new Error(wanted ? 'no process began' : 'a process went on');
      await pause(20);
    }
  };

  it(
    'is refused, and the service goes on meanwhile',
    async () => {
      let over = false;
      const explaining = explain(explosive).finally(() => (over = true));
      await processes(true);
      expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
      expect((await app.send([{ type: 's' }])).status).toBe(200);
      expect(over).toBe(false);
      const answer = await explaining;
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({
        detail: expect.stringMatching(/took more (time|memory) than it is allowed/) as string,
        errors: [{ code: 'limit-exceeded' }],
      });
      await processes(false);
    },
    minute,
  );

  it(
    'ends with the client that asked for it',
    async () => {
      const leaving = new AbortController();
      const explaining = explain(explosive, leaving.signal);
      await processes(true);
      leaving.abort();
      await expect(explaining).rejects.toThrow();
      await processes(false);
    },
    minute,
  );

  it(
    'ends with the service',
    async () => {
      const explaining = explain(explosive);
      await processes(true);
      await app.stop();
      expect((await explaining).status).toBe(503);
      await processes(false);
    },
    minute,
  );

  it(
    'is asked for a few times at once, and no more',
    async () => {
      const leaving = new AbortController();
      const asked = Array.from({ length: 7 }, () => explain(explosive, leaving.signal));
      const ends = Promise.allSettled(asked);
      const refused = await Promise.race(asked);
      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toBe('5');
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
      leaving.abort();
      await ends;
      // Those that waited make way, too.
      await processes(false);
      expect((await explain(rules)).status).toBe(200);
    },
    minute,
  );
});
