import { RunningApp } from '../support/running-app.js';

/** Rules whose one test stands on line 6. */
function rules(alerts: number): string {
  return `version: 1
channels: { local: { console: true } }
rules:
  - id: failures
    match: { types: [fu] }
    tests: [{ name: a failure, events: [{ type: fu }], expect: { alerts: ${alerts} } }]
`;
}

describe('RULES_REQUIRE_TESTS', () => {
  const required = { RULES_REQUIRE_TESTS: 'true', WATCH_RULES: 'false' };
  let app: RunningApp | undefined;

  afterEach(() => app?.close());

  it('keeps a file whose tests fail from replacing one whose tests pass', async () => {
    app = await RunningApp.start(rules(1), required);
    await app.writeRules(rules(2));
    const refused = await app.admin('rules/reload', { method: 'POST' });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ errors: [{ code: 'failing-test', line: 6, column: 13 }] });
    await app.writeRules(rules(1).replace('fu]', 'fu, fp]'));
    expect((await app.admin('rules/reload', { method: 'POST' })).status).toBe(200);
  });

  it('keeps the service from starting on such a file', async () => {
    await expect(RunningApp.start(rules(2), required)).rejects.toThrow('failing-test');
  });

  it('is off by default', async () => {
    app = await RunningApp.start(rules(2));
    expect((await app.admin('rules/reload', { method: 'POST' })).status).toBe(200);
  });
});
