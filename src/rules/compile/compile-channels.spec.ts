import { loadRules } from '../load-rules.js';
import type { Surroundings } from './expand-variables.js';

const production: Surroundings = {
  variables: { SET: 'https://hooks.slack.com/services/T/B/x' },
  emptyWebhooks: 'refused',
};

function load(channel: string, surroundings: Surroundings) {
  const text = `version: 1\nchannels:\n  security: ${channel}\nrules: [{ id: all, match: {} }]\n`;
  return loadRules('rules.yaml', surroundings, text);
}

async function problemsOf(channel: string, surroundings: Surroundings = production): Promise<object[]> {
  const loaded = await load(channel, surroundings);
  return loaded.ok ? [] : [...loaded.problems];
}

async function targetOf(channel: string, surroundings: Surroundings = production): Promise<unknown> {
  const loaded = await load(channel, surroundings);
  return loaded.ok ? loaded.rules.channels.get('security')?.target : loaded.problems;
}

describe('a webhook that is empty', () => {
  it('in production is a fault at its place that names the variable', async () => {
    expect(await problemsOf("{ webhook: '${TEAM_HOOK:-}' }")).toEqual([
      {
        code: 'missing-variable',
        file: 'rules.yaml',
        line: 3,
        column: 24,
        message: 'the webhook of the channel "security" is empty, because TEAM_HOOK is not set',
        hint: 'set TEAM_HOOK, or write console: true beside it if its alerts may go to the console',
      },
    ]);
  });

  it('in production is a fault where nothing stands, or spaces', async () => {
    for (const webhook of ["''", "'  '"]) {
      expect(await problemsOf(`{ webhook: ${webhook} }`)).toMatchObject([
        { code: 'invalid-value', message: 'the webhook of the channel "security" is empty' },
      ]);
    }
  });

  it('in production says when RULES_ENV leaves the variable out', async () => {
    expect(
      await problemsOf("{ webhook: '${TEAM_HOOK:-}' }", { ...production, named: ['SET'] }),
    ).toMatchObject([
      {
        message: 'the webhook of the channel "security" is empty, because RULES_ENV does not list TEAM_HOOK',
        hint: expect.stringMatching(/^add TEAM_HOOK to RULES_ENV/),
      },
    ]);
  });

  it('prints on the console where that is said, or outside production', async () => {
    expect(await targetOf("{ webhook: '${TEAM_HOOK:-}', console: true }")).toEqual({ kind: 'console' });
    expect(await targetOf('{ console: true }')).toEqual({ kind: 'console' });
    expect(await targetOf("{ webhook: '${TEAM_HOOK:-}' }", {})).toEqual({ kind: 'console' });
  });

  it('is no matter of a channel whose webhook is there', async () => {
    const webhook = { kind: 'webhook', url: 'https://hooks.slack.com/services/T/B/x' };
    for (const channel of ["{ webhook: '${SET}' }", "{ webhook: '${SET:-}', console: true }"])
      expect(await targetOf(channel)).toEqual(webhook);
  });
});
