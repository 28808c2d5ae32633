import { existsSync, readFileSync } from 'node:fs';
import { CommandLine, cliRules } from '../../test/support/command-line.js';

let cli: CommandLine;

beforeEach(async () => {
  cli = await CommandLine.open();
});

afterEach(() => cli.close());

describe('alert-router', () => {
  it.each([
    '',
    'vlidate',
    'validate --jso',
    'explain',
    'backtest --rules',
    'explain @absent.json',
    'backtest @absent.jsonl',
    'send @absent.jsonl',
    'explain @ --rules x',
    'send @rules.yaml --url ftp://x',
    'explain @rules.yaml --until soon',
  ])('ends with 2 when it is called as: alert-router %s', async (args) => {
    const ran = await cli.run(args.trim());
    expect([ran.code, ran.out]).toEqual([2, '']);
    expect(ran.err).not.toBe('');
  });

  it.each(['validate', 'test', 'explain', 'backtest', 'schema', 'send', 'serve'])(
    'shows examples of %s',
    async (command) => {
      const { code, out, err } = await cli.run(`${command} --help`);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(/Examples?:\n {2}\$ /);
    },
  );

  it.each(['validate', 'test', 'explain'])('names shipped files in the help of %s', async (command) => {
    const { out } = await cli.run(`${command} --help`);
    const named = out.match(/\bexamples\/[\w./-]+/g) ?? [];
    expect(named.length).toBeGreaterThan(0);
    for (const file of named) expect([file, existsSync(file)]).toEqual([file, true]);
  });

  it('prints its version', async () => {
    expect(await cli.run('--version')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  });
});

describe('validate', () => {
  it('needs no secrets, and says so', async () => {
    const { code, out } = await cli.run('validate @rules.yaml');
    expect(code).toBe(0);
    expect(out).toContain('/rules.yaml:2:34: warning: the environment has no WEBHOOK [unset-variable]');
    expect(out).toContain('valid (1 rule, 1 channel)');
    expect(
      (await cli.run('validate @rules.yaml', { environment: { WEBHOOK: 'https://example.com' } })).out,
    ).not.toContain('warning');
  });

  it('shows the line of every error, with a caret below its place', async () => {
    await cli.write('rules.yaml', cliRules.replace('types:', 'tpes:').replace('alerts: 1', 'alerts: many'));
    const { code, out } = await cli.run('validate @rules.yaml');
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual(
      expect.arrayContaining([
        '/rules.yaml:5:14: error: there is no key "tpes" here [unknown-key]',
        '    5 |     match: { tpes: [fu] }',
        '      |              ^',
        '    hint: did you mean "types"?',
        expect.stringContaining('/rules.yaml:7:70: error: '),
      ]),
    );
  });

  it('gives it all as JSON', async () => {
    expect(await cli.runJson('validate @rules.yaml')).toMatchObject({
      ok: true,
      rules: ['failures'],
      errors: [],
      warnings: [{ code: 'unset-variable' }],
    });
    await cli.write('rules.yaml', 'version: 2');
    expect(await cli.runJson('validate @rules.yaml')).toMatchObject({
      ok: false,
      errors: [{ code: 'invalid-value', line: 1, column: 10 }],
    });
    expect(await cli.runJson('validate @absent.yaml')).toMatchObject({
      ok: false,
      errors: [{ code: 'unreadable-file' }],
    });
  });

  it('takes warnings as errors with --strict', async () => {
    const environment = { WEBHOOK: 'https://hooks.slack.com/services/T0/B0/x' };
    expect((await cli.run('validate @rules.yaml --strict', { environment })).code).toBe(0);
    await cli.write('rules.yaml', cliRules.replace('[fu]', '[fu, fpx]'));
    expect((await cli.run('validate @rules.yaml', { environment })).code).toBe(0);
    const { code, out } = await cli.run('validate @rules.yaml --strict', { environment });
    expect(code).toBe(1);
    expect(out).toContain('/rules.yaml:5:26: warning: no event type "fpx" is known [unknown-event-code]');
    expect(out).toMatch(/rules\.yaml: 1 warning$/);
    expect(await cli.runJson('validate @rules.yaml --strict', { environment })).toMatchObject({
      ok: false,
      errors: [{ code: 'unknown-event-code', line: 5, column: 26 }],
      warnings: [],
    });
    await cli.write('rules.yaml', cliRules.replace('[fu]', '[fu, fpx]').replace('alerts: 1', 'alerts: -1'));
    expect((await cli.run('validate @rules.yaml --strict', { environment })).out).toMatch(
      /rules\.yaml: 1 error and 1 warning$/,
    );
  });

  it('says nothing of what a rule turns off', async () => {
    const environment = { WEBHOOK: 'https://hooks.slack.com/services/T0/B0/x' };
    const rules = cliRules
      .replace('[fu]', '[fu, fpx]')
      .replace('    match', '    lint: { unknown-event-code: off }\n    match');
    await cli.write('rules.yaml', rules);
    expect((await cli.run('validate @rules.yaml --strict', { environment })).code).toBe(0);
    await cli.write(
      'over.yaml',
      'version: 1\ninclude: [rules.yaml]\noverrides: { failures: { match: { types: [fpy] }, lint: { unknown-event-code: off } } }',
    );
    expect((await cli.run('validate @over.yaml --strict', { environment })).code).toBe(0);
  });

  it('takes several files, and the standard input', async () => {
    await cli.write('bad.yaml', 'version: 2');
    const several = await cli.run('validate @rules.yaml @bad.yaml -', { stdin: cliRules });
    expect(several.code).toBe(1);
    expect(several.out).toContain('/rules.yaml: valid (1 rule, 1 channel)');
    expect(several.out).toContain('/bad.yaml: 1 error');
    expect(several.out).toContain('the standard input: valid (1 rule, 1 channel)');
    expect(await cli.runJson('validate @bad.yaml @rules.yaml')).toMatchObject({
      ok: false,
      rules: ['failures'],
      errors: [{ code: 'invalid-value' }],
    });
    const piped = await cli.run('validate -', { stdin: cliRules.replace('types:', 'tpes:') });
    expect(piped.code).toBe(1);
    expect(piped.out).toMatch(/^-:5:14: error: .*\n {4}5 \| {5}match: \{ tpes: \[fu\] \}\n/);
  });

  it('colours only where it is asked to', async () => {
    expect((await cli.run('validate @rules.yaml')).out).not.toContain('\u001b');
    expect((await cli.run('validate @rules.yaml', { colours: true })).out).toContain('\u001b[32m');
  });
});

describe('test', () => {
  it('passes', async () => {
    expect(await cli.run('test @rules.yaml')).toEqual({
      code: 0,
      out: '✓ failures (1)\n1 of 1 tests pass',
      err: '',
    });
    expect(await cli.runJson('test @rules.yaml')).toMatchObject({
      ok: true,
      passed: 1,
      failed: 0,
      untested: [],
    });
  });

  it('shows what was expected, what came, and why', async () => {
    await cli.write(
      'rules.yaml',
      `${cliRules.replace('events: [{ type: fu }]', 'events: [{ type: fp }, { type: fp }]')}  - { id: other, match: {} }\n`,
    );
    const { code, out } = await cli.run('test @rules.yaml');
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      '✗ failures (1)',
      '  ✗ a failure  /rules.yaml:7:9',
      '      alerts:',
      '        expected 1',
      '        got      0',
      '      2026-01-05T12:00:00.000Z fp: no match: type: ["fu"], and the event has "fp" (2 times)',
      'without tests: other',
      '0 of 1 tests pass',
    ]);
    expect(await cli.runJson('test @rules.yaml')).toMatchObject({
      ok: false,
      failed: 1,
      untested: ['other'],
      tests: [{ passed: false, differences: [{ what: 'alerts', expected: 1, got: 0 }] }],
    });
  });

  it('takes several files, and the standard input', async () => {
    await cli.write('failing.yaml', cliRules.replace('alerts: 1', 'alerts: 2'));
    const several = await cli.run('test @failing.yaml -', { stdin: cliRules });
    expect(several.code).toBe(1);
    expect(several.out).toMatch(
      /^\/failing\.yaml\n✗ failures[^]*\n0 of 1 tests pass\nthe standard input\n✓ failures/,
    );
    expect(await cli.runJson('test - @failing.yaml', { stdin: cliRules })).toMatchObject({
      ok: false,
      passed: 1,
      failed: 1,
      tests: [{ passed: true }, { passed: false }],
    });
    await cli.write('bad.yaml', 'version: 2');
    expect(await cli.runJson('test @bad.yaml @rules.yaml')).toMatchObject({
      ok: false,
      passed: 1,
      errors: [{ line: 1 }],
    });
  });

  it('shows the errors of rules that are not valid', async () => {
    await cli.write('rules.yaml', 'version: 2');
    expect(await cli.run('test @rules.yaml')).toMatchObject({
      code: 1,
      out: expect.stringContaining('rules.yaml:1:10: error'),
    });
  });
});

describe('schema', () => {
  it('prints the schema', async () => {
    expect(await cli.runJson('schema')).toEqual(JSON.parse(readFileSync('rules.schema.json', 'utf8')));
  });
});
