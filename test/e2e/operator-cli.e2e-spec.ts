import { runCli } from '../../src/cli/run-cli.js';
import type { CliIo } from '../../src/cli/cli-io.js';
import { adminToken, RunningApp } from '../support/running-app.js';

const rules = (ids: string): string => `
version: 1
channels: { local: { console: true } }
defaults: { channels: [local] }
rules: [${ids}]
`;
const failures = '{ id: failures, match: { types: [f] } }';
const both = `{ id: quiet, match: { types: [w] } }, ${failures}`;

describe('the commands for a running router', () => {
  let app: RunningApp;
  let printed: { out: string[]; err: string[] };

  beforeAll(async () => {
    app = await RunningApp.start(rules(both));
    await app.send([{ type: 'f', log_id: 'a', description: 'Wrong password' }]);
  });

  afterAll(() => app.close());

  const runAt = (url: string, ...args: readonly string[]): Promise<number> => {
    printed = { out: [], err: [] };
    const io: CliIo = {
      out: (line) => void printed.out.push(...line.split('\n')),
      err: (line) => void printed.err.push(...line.split('\n')),
      stdin: (async function* () {})(),
      environment: {},
      colours: false,
      progress: false,
      now: Date.now,
      wait: () => Promise.resolve(),
    };
    return runCli([...args, '--url', url], io);
  };
  const run = (...args: readonly string[]): Promise<number> => runAt(app.url, ...args, '--token', adminToken);

  it('list alerts, as a table or as the router answers', async () => {
    expect(await run('alerts')).toBe(0);
    expect(printed.out).toEqual([
      expect.stringMatching(/^at +severity +reason +rule +channel +title$/),
      expect.stringMatching(/ medium +sent +failures +local +Wrong password/),
    ]);
    expect(await run('alerts', '--json')).toBe(0);
    expect(JSON.parse(printed.out.join(''))).toMatchObject({ items: [{ rule: 'failures', reason: 'sent' }] });
  });

  it('list messages by status, and replay dead ones only', async () => {
    expect(await run('deliveries')).toBe(0);
    const id = /^\S+/.exec(printed.out[1] ?? '')?.[0] ?? '';
    expect(printed.out[1]).toContain('local');
    expect(await run('deliveries', '--status', 'dead')).toBe(0);
    expect(printed.out).toEqual(['there are no messages']);
    expect(await run('deliveries', 'replay')).toBe(0);
    expect(printed.out).toEqual(['0 dead messages wait to be sent again']);
    expect(await run('deliveries', 'replay', id)).toBe(1);
    expect(printed.err.join()).toContain('409');
    expect(await run('deliveries', '--status', 'lost')).toBe(2);
  });

  it('list the rules, and how their alerts were resolved, the noisiest first', async () => {
    expect(await run('rules')).toBe(0);
    expect(printed.out).toEqual([
      expect.stringMatching(/^id +name +severity +channels +hits +last hit +mode$/),
      expect.stringMatching(/^quiet +quiet +medium +local +0 +live$/),
      expect.stringMatching(/^failures +failures +medium +local +1 +\d{4}-\S+Z +live$/),
    ]);
    expect(await run('rules', '--stats')).toBe(0);
    expect(printed.out.slice(1, 3)).toEqual([
      expect.stringMatching(/^failures +1 +0%$/),
      expect.stringMatching(/^quiet +0$/),
    ]);
    expect(await run('deliveries')).toBe(0);
    const id = /^\S+/.exec(printed.out[1] ?? '')?.[0] ?? '';
    expect(await run('deliveries', 'resolve', id, '--by', 'ann', '--as', 'false-positive')).toBe(0);
    expect(await run('rules', '--stats')).toBe(0);
    expect(printed.out).toEqual([
      expect.stringMatching(/^rule +alerts +acknowledged +after +false positives$/),
      expect.stringMatching(/^failures +1 +100% +\S+s +100%$/),
      expect.stringMatching(/^quiet +0$/),
      '',
      expect.stringMatching(/^since \d{4}-\d\d-\d\dT00:00:00.000Z$/),
    ]);
    expect(await run('rules', '--stats', '--json')).toBe(0);
    expect(JSON.parse(printed.out.join(''))).toMatchObject({
      items: [
        { id: 'quiet', alerts: 0 },
        { id: 'failures', falsePositiveShare: 1 },
      ],
    });
    expect(await run('deliveries', 'reopen', id, '--by', 'ann')).toBe(0);
  });

  it('show channels, test one, and end its pause', async () => {
    expect(await run('channels')).toBe(0);
    expect(printed.out[1]).toMatch(/^local +console +ok +\d+$/);
    expect(await run('channels', 'test', 'local')).toBe(0);
    expect(printed.out.join()).toMatch(/^a test message waits to be posted to local: \S+$/);
    expect(await run('channels', 'resume', 'local')).toBe(0);
    expect(printed.out).toEqual(['the channel local is ok']);
    expect(await run('channels', 'test', 'none')).toBe(1);
    expect(printed.err.join()).toContain('404');
  });

  it('reload the rules, with what would change, and with errors at their place', async () => {
    await app.writeRules(rules(`${both}, { id: more, match: { types: [fu] } }`));
    expect(await run('reload', '--dry-run')).toBe(0);
    expect(printed.out).toEqual([expect.stringMatching(/^3 rules would be in force/), '  added: more']);
    expect(await run('reload')).toBe(0);
    expect(printed.out[0]).toMatch(/^3 rules are in force/);
    await app.writeRules(rules(`{ id: failures, match: { typs: [f] } }`));
    expect(await run('reload')).toBe(1);
    expect(printed.err.join('\n')).toMatch(/answered 422[^]*rules\.yaml:5:\d+: /);
  });

  it('say what is missing where there is neither a router nor a token', async () => {
    expect(await runAt('http://127.0.0.1:1', 'alerts', '--token', 'x')).toBe(1);
    expect(printed.err.join()).toMatch(/does not answer/);
    expect(await runAt(app.url, 'alerts')).toBe(2);
    expect(printed.err.join()).toMatch(/--token or ADMIN_TOKEN/);
    expect(await runAt('ftp://router', 'alerts', '--token', 'x')).toBe(2);
  });
});
