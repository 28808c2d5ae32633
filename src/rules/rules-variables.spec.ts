import { Settings } from '../config/settings.js';
import { allowedVariables, isRouterSetting, rulesVariables } from './rules-variables.js';

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
    expect(allowedVariables(environment)).toEqual({ SLACK_WEBHOOK_URL: 'e', TEAM_HOOK: 'f', OTHER: 'g' });
  });

  it('are those in RULES_ENV, where it is set, and never a setting', () => {
    const named = { ...environment, RULES_ENV: 'TEAM_HOOK, ADMIN_TOKEN' };
    expect(allowedVariables(named)).toEqual({ TEAM_HOOK: 'f' });
  });

  it('hold the webhook that came from a file', () => {
    const settings = Object.assign(new Settings(), { SLACK_WEBHOOK_URL: 'from file' });
    expect(rulesVariables(settings, { ADMIN_TOKEN: 'a' })).toEqual({ SLACK_WEBHOOK_URL: 'from file' });
  });

  it.each([
    ['ADMIN_TOKEN', true],
    ['ADMIN_TOKEN_FILE', true],
    ['SLACK_BOT_TOKEN', true],
    ['RULES_ENV', true],
    ['SLACK_WEBHOOK_URL', false],
    ['TEAM_HOOK', false],
  ])('%s is a setting: %s', (name, expected) => {
    expect(isRouterSetting(name)).toBe(expected);
  });
});
