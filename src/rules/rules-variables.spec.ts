import { Settings } from '../config/settings.js';
import { loadRules } from './load-rules.js';
import { isRouterSetting, surroundingsIn, surroundingsOf } from './rules-variables.js';

const environment = {
  ADMIN_TOKEN: 'a',
  AUTH0_LOG_STREAM_TOKEN_FILE: 'b',
  DATABASE_URL: 'c',
  RULES_FILE: 'd',
  SLACK_WEBHOOK_URL: 'e',
  TEAM_HOOK: 'f',
  OTHER: 'g',
};

describe('the variables that a rules file may take', () => {
  it('are all but the settings of the router', () => {
    expect(surroundingsIn(environment).variables).toEqual({
      SLACK_WEBHOOK_URL: 'e',
      TEAM_HOOK: 'f',
      OTHER: 'g',
    });
  });

  it('are those in RULES_ENV, where it is set, and never a setting', () => {
    const named = { ...environment, RULES_ENV: 'TEAM_HOOK, ADMIN_TOKEN' };
    expect(surroundingsIn(named)).toMatchObject({
      variables: { TEAM_HOOK: 'f' },
      named: ['TEAM_HOOK', 'ADMIN_TOKEN'],
    });
  });

  it('hold the webhook that came from a file', () => {
    const settings = Object.assign(new Settings(), { SLACK_WEBHOOK_URL: 'from file' });
    expect(surroundingsOf(settings, { ADMIN_TOKEN: 'a' })).toMatchObject({
      variables: { SLACK_WEBHOOK_URL: 'from file' },
    });
  });

  it('leave no webhook of the service empty in production', () => {
    const settings = (NODE_ENV: string) => Object.assign(new Settings(), { NODE_ENV });
    expect(surroundingsOf(settings('production'), {}).emptyWebhooks).toBe('refused');
    expect(surroundingsOf(settings('development'), {}).emptyWebhooks).toBeUndefined();
  });

  it.each([
    ['ADMIN_TOKEN', true],
    ['ADMIN_TOKEN_FILE', true],
    ['SLACK_BOT_TOKEN', true],
    ['SLACK_APP_TOKEN', true],
    ['RULES_ENV', true],
    ['OTEL_EXPORTER_OTLP_HEADERS', true],
    ['SLACK_WEBHOOK_URL', false],
    ['TEAM_HOOK', false],
  ])('%s is a setting: %s', (name, expected) => {
    expect(isRouterSetting(name)).toBe(expected);
  });

  it('are said to be left out by RULES_ENV where it is that which does so', async () => {
    const channels = "version: 1\nchannels: { a: { webhook: '${OTHER}' }, b: { webhook: '${TEAM_HOOK}' } }";
    const loaded = await loadRules(
      'rules.yaml',
      surroundingsIn({ OTHER: 'x', RULES_ENV: 'TEAM_HOOK' }),
      channels,
    );
    expect(loaded.ok ? [] : loaded.problems.map(({ message, hint }) => [message, hint])).toEqual([
      ['RULES_ENV does not list OTHER', 'add OTHER to RULES_ENV, or give a default: ${OTHER:-text}'],
      ['the environment has no TEAM_HOOK', 'set TEAM_HOOK, or give a default: ${TEAM_HOOK:-text}'],
    ]);
  });
});
