import { FakeAuth0, fakeClient } from '../../test/support/fake-auth0.js';
import { ManagementApi } from './management-api.js';
import { pullLogs, type PullStart, type PullStep } from './pull-logs.js';

const never = Number.POSITIVE_INFINITY;
const day = Date.parse('2026-11-01T00:00:00Z');

let auth0: FakeAuth0;
let waits: number[];

beforeEach(async () => {
  auth0 = await FakeAuth0.start();
  waits = [];
});

afterEach(() => auth0.close());

async function pulled(start: PullStart, until = never, onWait = (): void => undefined): Promise<PullStep[]> {
  const api = new ManagementApi({ domain: 'acme.eu.auth0.com', ...fakeClient, apiUrl: auth0.url });
  const steps: PullStep[] = [];
  const wait = async (ms: number): Promise<void> => {
    waits.push(ms);
    onWait();
  };
  for await (const step of pullLogs(api, start, until, wait)) steps.push(step);
  return steps;
}

function idsIn(steps: readonly PullStep[]): unknown[] {
  return steps.flatMap((step) => (step.kind === 'events' ? step.events.map((event) => event['log_id']) : []));
}

describe('pullLogs', () => {
  it('gives every event from a date to before another, once and in order', async () => {
    auth0.tenant.logMany(20, {}, day - 1);
    const wanted = auth0.tenant.logMany(250, {}, day + 249);
    auth0.tenant.logMany(130, {}, day + 379);
    const steps = await pulled({ kind: 'date', at: day }, day + 250);
    expect(idsIn(steps)).toEqual(wanted.map((event) => event.log_id));
    expect(steps.every(({ kind }) => kind === 'events')).toBe(true);
    // The search for the first event, three pages of which the last goes beyond the end, and one that lies beyond it.
    expect(auth0.count('/api/v2/logs')).toBe(5);
  });

  it('goes on after an event, and takes late ones that are older than it', async () => {
    const known = auth0.tenant.log({}, day);
    const late = auth0.tenant.log({}, day - 60_000);
    const next = auth0.tenant.log({}, day + 1);
    const steps = await pulled({ kind: 'after', logId: known.log_id });
    expect(idsIn(steps)).toEqual([late.log_id, next.log_id]);
    expect(steps).toMatchObject([{ kind: 'events', at: day + 1 }]);
  });

  it('gives nothing where there is nothing', async () => {
    expect(await pulled({ kind: 'date', at: day })).toEqual([]);
  });

  it('waits as long as the rate limit wants, before it is exceeded and when it is', async () => {
    const wanted = auth0.tenant.logMany(150, {}, day + 149);
    auth0.limit(2, 60_000);
    const steps = await pulled({ kind: 'date', at: day }, never, () => auth0.limit(1_000, 60_000));
    expect(idsIn(steps)).toHaveLength(wanted.length);
    expect(waits).toHaveLength(1);
    expect(steps.filter(({ kind }) => kind === 'waits')).toEqual([
      { kind: 'waits', ms: expect.any(Number), because: 'limit' },
    ]);
    expect(waits[0]).toBeGreaterThan(50_000);
    expect(auth0.calls.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('repeats what was refused by the limit', async () => {
    const [only] = auth0.tenant.logMany(1, {}, day);
    auth0.fail({ kind: 'status', status: 429 }, 2, '/api/v2/logs');
    expect(idsIn(await pulled({ kind: 'date', at: day }))).toEqual([only?.log_id]);
    expect(waits).toEqual([10_000, 10_000]);
  });

  it('repeats what may pass, later each time, and gives up at last', async () => {
    const [only] = auth0.tenant.logMany(1, {}, day);
    auth0.fail({ kind: 'status', status: 503 }, 2, '/api/v2/logs');
    expect(idsIn(await pulled({ kind: 'date', at: day }))).toEqual([only?.log_id]);
    expect(waits).toEqual([1_000, 2_000]);
    auth0.fail({ kind: 'status', status: 503 }, 100, '/api/v2/logs');
    expect((await pulled({ kind: 'date', at: day })).at(-1)).toMatchObject({
      kind: 'failed',
      failure: { kind: 'unavailable' },
    });
    expect(waits.slice(2)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
  });

  it('does not repeat what will not pass', async () => {
    auth0.tokens.grant = ['read:log_streams'];
    expect(await pulled({ kind: 'date', at: day })).toMatchObject([
      { kind: 'failed', failure: { kind: 'forbidden', scope: 'read:logs' } },
    ]);
    expect(waits).toEqual([]);
  });

  it('renews a token that expires between two pages', async () => {
    const wanted = auth0.tenant.logMany(150, {}, day + 149);
    auth0.fail({ kind: 'status', status: 401 }, 1, '/api/v2/logs');
    expect(idsIn(await pulled({ kind: 'date', at: day }))).toHaveLength(wanted.length);
  });

  it('begins at a date where Auth0 has forgotten the event, and says so', async () => {
    const [known, old] = auth0.tenant.logMany(2, {}, day);
    const kept = auth0.tenant.log({}, day + 1_000);
    auth0.tenant.forgetBefore(day + 500);
    expect(old).toBeDefined();
    const start = { kind: 'after', logId: known?.log_id ?? '' } as const;
    const steps = await pulled({ ...start, since: day });
    expect(steps[0]).toEqual({ kind: 'gap', since: day });
    expect(idsIn(steps)).toEqual([kept.log_id]);
    expect(await pulled(start)).toMatchObject([{ kind: 'failed', failure: { kind: 'refused' } }]);
  });

  it('ends at a page that repeats', async () => {
    auth0.tenant.logMany(250, {}, day + 249);
    const api = new ManagementApi({ domain: 'acme.eu.auth0.com', ...fakeClient, apiUrl: auth0.url });
    const again = await api.logs({ from: auth0.tenant.events[0]?.log_id ?? '' });
    const stuck = { logs: async () => again, logsSince: async () => again };
    const kinds: string[] = [];
    for await (const { kind } of pullLogs(stuck, { kind: 'date', at: day }, never, async () => undefined))
      kinds.push(kind);
    expect(kinds).toEqual(['events', 'events', 'failed']);
  });
});
