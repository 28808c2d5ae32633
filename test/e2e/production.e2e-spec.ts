import { RunningApp } from '../support/running-app.js';

const rules = (channel: string): string => `
version: 1
channels:
  security: ${channel}
rules: [{ id: failures, match: { types: [f] } }]
`;
const adminToken = 'an-admin-token-for-production';
const environment = { NODE_ENV: 'production', ADMIN_TOKEN: adminToken, WATCH_RULES: 'false' };
const empty = "{ webhook: '${A_HOOK_THAT_NOBODY_SET:-}' }";
const problem = 'the webhook of the channel "security" is empty, because A_HOOK_THAT_NOBODY_SET is not set';

describe('in production a channel without its variable', () => {
  let app: RunningApp | undefined;

  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  it('refuses the start, with the place and the name of the variable', async () => {
    await expect(RunningApp.start(rules(empty), environment)).rejects.toThrow(`rules.yaml:4:24`);
    await expect(RunningApp.start(rules(empty), environment)).rejects.toThrow(problem);
  });

  it('refuses a reload, and the rules in force stay', async () => {
    app = await RunningApp.start(rules('{ console: true }'), environment);
    await app.writeRules(rules(empty));
    const authorization = `Bearer ${adminToken}`;
    const answer = await app.admin('rules/reload', { method: 'POST', headers: { authorization } });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      errors: [{ code: 'missing-variable', line: 4, column: 24, message: problem }],
    });
    expect((await app.admin('rules', { headers: { authorization } })).status).toBe(200);
  });

  it('starts where the channel may print on the console, and outside production', async () => {
    app = await RunningApp.start(rules(empty.replace(' }', ', console: true }')), environment);
    await app.close();
    app = await RunningApp.start(rules(empty));
  });
});
