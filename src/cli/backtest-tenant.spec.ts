import { CommandLine, type Ran } from '../../test/support/command-line.js';
import { FakeAuth0 } from '../../test/support/fake-auth0.js';

const now = Date.parse('2026-11-08T00:00:00Z');

let cli: CommandLine;
let auth0: FakeAuth0;

beforeEach(async () => {
  cli = await CommandLine.open();
  auth0 = await FakeAuth0.start();
});

afterEach(async () => {
  await auth0.close();
  await cli.close();
});

const run = (args: string, environment = auth0.settings): Promise<Ran> =>
  cli.run(args, { environment, now: () => now });

describe('backtest --tenant', () => {
  it("says of the tenant's events what it says of the same events in a file", async () => {
    auth0.tenant.log({ type: 'fu' }, now - 700_000_000);
    auth0.tenant.logMany(240, { type: 'fp' }, now - 60_000);
    auth0.tenant.logMany(10, { type: 'fu' }, now - 30_000);
    const { code, out, err } = await run('backtest --tenant --from -7d --rules @rules.yaml --json');
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual({
      events: 250,
      rules: { failures: { matched: 10, alerts: 10, messages: 10 } },
      channels: { security: { alerts: 10, messages: 10 } },
    });
    await run('logs pull --from -7d --out @logs.jsonl');
    expect((await run('backtest @logs.jsonl --rules @rules.yaml --json')).out).toBe(out);
  });

  it('gives no report of a part where Auth0 fails on the way', async () => {
    auth0.tenant.logMany(240, {}, now - 60_000);
    auth0.limit(2, 60_000);
    const wait = async (): Promise<void> => {
      auth0.limit(undefined);
      auth0.tokens.grant = [];
      auth0.tokens.expireAll();
    };
    const { code, out, err } = await cli.run('backtest --tenant --from -1d --rules @rules.yaml', {
      environment: auth0.settings,
      now: () => now,
      wait,
    });
    expect([code, out, err]).toEqual([1, '', expect.stringContaining('give it the scope read:logs')]);
    expect(auth0.calls.map(({ status }) => status)).toEqual([200, 200, 200, 401, 200, 403]);
  });

  it('says that there was nothing in that time', async () => {
    auth0.tenant.log({}, now - 90_000_000);
    const { code, err } = await run('backtest --tenant --from -1d --rules @rules.yaml');
    expect([code, err]).toEqual([2, expect.stringContaining('no events of that time')]);
  });

  it.each([
    ['backtest --tenant --rules @rules.yaml', 'say where to begin'],
    ['backtest - --tenant --from -1d --rules @rules.yaml', 'either a file or --tenant'],
    ['backtest - --from -1d --rules @rules.yaml', 'for --tenant alone'],
    ['backtest --rules @rules.yaml', 'give a file of events'],
  ])('refuses %s', async (args, why) => {
    const { code, err } = await run(args);
    expect([code, err]).toEqual([2, expect.stringContaining(why)]);
  });

  it('names what is missing from the environment', async () => {
    const { code, err } = await run('backtest --tenant --from -1d --rules @rules.yaml', {});
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/AUTH0_DOMAIN[^]*AUTH0_CLIENT_ID[^]*AUTH0_CLIENT_SECRET/),
    ]);
  });
});
