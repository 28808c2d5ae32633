import { CommandLine, type Ran } from '../../test/support/command-line.js';
import { FakeAuth0 } from '../../test/support/fake-auth0.js';

const day = Date.parse('2026-11-01T00:00:00Z');
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

const run = (args: string, changes: Record<string, string | undefined> = {}): Promise<Ran> =>
  cli.run(args, { environment: { ...auth0.settings, ...changes }, now: () => now });

function idsIn(lines: string): unknown[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { log_id: unknown }).log_id);
}

describe('logs pull', () => {
  it('writes the events of a time to the standard output, as JSON Lines, and says beside it what came', async () => {
    auth0.tenant.log({}, day - 1);
    const wanted = auth0.tenant.logMany(150, {}, day + 149);
    auth0.tenant.log({}, day + 86_400_000);
    const { code, out, err } = await run('logs pull --from 2026-11-01 --to 2026-11-02');
    expect(code).toBe(0);
    expect(idsIn(out)).toEqual(wanted.map(({ log_id: id }) => id));
    expect(JSON.parse(out.split('\n')[0] ?? '')).toEqual(wanted[0]);
    expect(err).toBe('150 events, from 2026-11-01T00:00:00.000Z to 2026-11-01T00:00:00.149Z');
  });

  it('begins some time ago, at a time, or after an event', async () => {
    const [first, second] = [auth0.tenant.log({}, now - 90_000_000), auth0.tenant.log({}, now - 1_000)];
    auth0.tenant.log({}, now + 1);
    const from = async (when: string): Promise<unknown[]> =>
      idsIn((await run(`logs pull --from ${when}`)).out);
    expect(await from('-7d')).toEqual([first.log_id, second.log_id]);
    expect(await from('-1d')).toEqual([second.log_id]);
    expect(await from('2026-11-07T12:00:00')).toEqual([second.log_id]);
    expect(await from('2026-11-07T23:59:59+05:00')).toEqual([second.log_id]);
    expect(await from(first.log_id)).toEqual([second.log_id]);
  });

  it('goes on with a file after its last whole line, and cuts a half one off', async () => {
    const events = auth0.tenant.logMany(250, {}, day + 249);
    const lines = events.map((event) => JSON.stringify(event));
    await cli.write('logs.jsonl', `${lines.slice(0, 120).join('\n')}\n${lines[120]?.slice(0, 50)}`);
    const { code, out, err } = await run('logs pull --from 2026-11-01 --out @logs.jsonl');
    expect([code, err]).toEqual([0, expect.stringContaining(`goes on after ${events[119]?.log_id}`)]);
    expect(out).toMatch(/^130 events written to \/logs\.jsonl, from /);
    expect(await cli.read('logs.jsonl')).toBe(`${lines.join('\n')}\n`);
    expect((await run('logs pull --out @logs.jsonl')).out).toBe('0 events written to /logs.jsonl');
    expect(await cli.read('logs.jsonl')).toBe(`${lines.join('\n')}\n`);
  });

  it('begins a new file, also where only half a first line was written', async () => {
    const events = auth0.tenant.logMany(2, {}, day + 1);
    const whole = events.map((event) => `${JSON.stringify(event)}\n`).join('');
    await cli.write('half.jsonl', '{"date":"2026-');
    for (const name of ['new.jsonl', 'half.jsonl']) {
      expect((await run(`logs pull --from 2026-11-01 --out @${name}`)).code).toBe(0);
      expect(await cli.read(name)).toBe(whole);
    }
  });

  it('leaves a file alone that is no export', async () => {
    for (const text of ['rules: []\n', '[{"log_id":"a"}]\n', 'half', '{"type":"fu"}\n']) {
      await cli.write('other', text);
      const { code, err } = await run('logs pull --from -1d --out @other');
      expect([code, err]).toEqual([2, expect.stringContaining('is no export that can be continued')]);
      expect(await cli.read('other')).toBe(text);
    }
    expect(await run('logs pull --from -1d --out /dev/null')).toMatchObject({ code: 2 });
    expect(await run('logs pull --from -1d --out @no/such/folder')).toMatchObject({
      code: 2,
      err: expect.stringContaining('ENOENT'),
    });
  });

  it('says what may be missing where Auth0 has forgotten the last event of a file', async () => {
    const [old] = auth0.tenant.logMany(1, {}, day);
    const kept = auth0.tenant.log({}, day + 5_000);
    await cli.write('logs.jsonl', `${JSON.stringify(old)}\n`);
    auth0.tenant.forgetBefore(day + 1);
    const { code, err } = await run('logs pull --out @logs.jsonl');
    expect([code, err]).toEqual([
      0,
      expect.stringContaining('may be missing between 2026-11-01T00:00:00.000Z'),
    ]);
    expect(await cli.read('logs.jsonl')).toBe(`${JSON.stringify(old)}\n${JSON.stringify(kept)}\n`);
  });

  it('keeps what it has when Auth0 fails, says how to go on, and does so', async () => {
    const events = auth0.tenant.logMany(150, {}, day + 149);
    const waits: number[] = [];
    const pull = (args: string): Promise<Ran> =>
      cli.run(args, {
        environment: auth0.settings,
        now: () => now,
        wait: async (ms) => {
          // The first two pages come; then nothing does.
          waits.push(ms);
          auth0.fail({ kind: 'status', status: 503 }, 1, '/api/v2/logs');
        },
      });
    auth0.limit(2, 60_000);
    const { code, out, err } = await pull('logs pull --from 2026-11-01');
    expect(code).toBe(1);
    const last = events[100]?.log_id;
    expect(idsIn(out).at(-1)).toBe(last);
    expect(err).toContain('Auth0 does not answer (status 503)');
    expect(err).toContain(`--from ${last} goes on after the last event that was written`);
    expect(err).toMatch(/waits (59|60|61) s: Auth0's rate limit/);
    expect(waits.length).toBe(6);
    auth0.limit(undefined);
    auth0.clearFaults();
    expect(idsIn((await run(`logs pull --from ${last}`)).out)).toHaveLength(49);
  });

  it('prints a summary for machines', async () => {
    const events = auth0.tenant.logMany(2, {}, day + 1);
    const summary = {
      events: 2,
      first: events[0]?.date,
      last: events[1]?.date,
      lastLogId: events[1]?.log_id,
    };
    const { out } = await run('logs pull --from 2026-11-01 --out @logs.jsonl --json');
    expect(JSON.parse(out)).toEqual(summary);
    const piped = await run('logs pull --from 2026-11-01 --json');
    expect(idsIn(piped.out)).toHaveLength(2);
    expect(JSON.parse(piped.err)).toEqual(summary);
  });

  it('lists everything that is missing from the environment at once, and quotes no secret', async () => {
    const missing = await run('logs pull --from -1d', {
      AUTH0_DOMAIN: 'https://acme.eu.auth0.com/',
      AUTH0_CLIENT_ID: undefined,
      AUTH0_CLIENT_SECRET: ' ',
      AUTH0_CLIENT_SECRET_FILE: '/no/such/s3cret',
    });
    expect(missing.code).toBe(2);
    expect(missing.err).toMatch(/AUTH0_CLIENT_ID is not set[^]*_FILE names a file[^]*AUTH0_DOMAIN must be/);
    expect(missing.err).not.toContain('s3cret');
    await cli.write('secret', 'secret-of-client-1\n');
    const fromFile = await run('logs pull --from -1d', {
      AUTH0_CLIENT_SECRET: undefined,
      AUTH0_CLIENT_SECRET_FILE: cli.path('secret'),
    });
    expect(fromFile.code).toBe(0);
  });

  it('says what to do about a wrong secret and a missing scope', async () => {
    const wrong = await run('logs pull --from -1d', { AUTH0_CLIENT_SECRET: 'mistyped' });
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('check AUTH0_CLIENT_ID')]);
    expect(wrong.err).not.toContain('mistyped');
    auth0.tokens.grant = ['read:log_streams'];
    expect((await run('logs pull --from -1d')).err).toContain('give it the scope read:logs');
    auth0.tokens.grant = undefined;
    expect((await run('logs pull --from -1d')).err).toContain('authorise it for the Auth0 Management API');
  });

  it.each(['--from yesterday', '--from 2026-13-01', '--from -7x', '--from -7d --to later', ''])(
    'refuses "%s"',
    async (range) => {
      const { code, err } = await run(`logs pull ${range}`.trim());
      expect([code, err]).toEqual([2, expect.stringMatching(/--(from|to) /)]);
      expect(auth0.calls).toEqual([]);
    },
  );
});
