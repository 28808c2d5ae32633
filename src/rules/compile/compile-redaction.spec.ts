import { loadRules, type LoadResult } from '../load-rules.js';

const base = `
version: 1
channels: { security: { console: true, redact: { ip: drop } } }
rules: [{ id: a, match: {} }]
`;

describe('redact', () => {
  const load = (
    redact: string,
    redactKey?: string,
    unset: 'error' | 'warning' = 'error',
  ): Promise<LoadResult> =>
    loadRules(
      'rules.yaml',
      redactKey === undefined ? {} : { redactKey },
      `${base}redact: ${redact}\n`,
      unset,
      'all',
    );
  const problemsOf = (result: LoadResult): readonly string[] =>
    [...(result.ok ? [] : result.problems), ...result.warnings].map(
      ({ code, line, column, message }) => `${line}:${column} ${code} ${message}`,
    );

  it('is compiled, for all and for a channel', async () => {
    const loaded = await load('{ user_name: mask, user_id: hash }', 'key');
    expect(problemsOf(loaded)).toEqual([]);
    const rules = loaded.ok ? loaded.rules : undefined;
    const data = { user_name: 'alice', user_id: 'auth0|1', ip: '192.0.2.1' };
    expect(rules?.redactor.data(data)).toEqual({
      user_name: 'a…',
      user_id: expect.stringMatching(/^[0-9a-f]{12}$/) as unknown,
      ip: '192.0.2.1',
    });
    expect(rules?.channels.get('security')?.redactor?.data(data)).toEqual({
      user_name: 'alice',
      user_id: 'auth0|1',
    });
  });

  it('needs REDACT_KEY for hashes, which a mere check of the file does not', async () => {
    const message = '5:15 missing-variable "hash" needs REDACT_KEY, and the environment has none';
    expect(problemsOf(await load('{ ip: hash }'))).toEqual([message]);
    const checked = await load('{ ip: hash }', undefined, 'warning');
    expect(checked.ok).toBe(true);
    expect(problemsOf(checked)).toEqual([message.replace('missing-', 'unset-')]);
  });

  it('refuses what is no redaction, and fields that events are found by', async () => {
    expect(problemsOf(await load('{ ip: blur }'))).toEqual([
      expect.stringContaining('5:15 invalid-value') as unknown,
    ]);
    expect(problemsOf(await load('{ log_id: drop }'))).toEqual([
      '5:11 invalid-value "log_id" of an event can\'t be redacted: the router finds and orders events by it',
    ]);
  });

  it('warns of a field that no event has', async () => {
    expect(problemsOf(await load('{ username: mask }'))).toEqual([
      '5:11 unknown-field no event has a field "username", by the schemas that Auth0 publishes',
    ]);
  });
});
