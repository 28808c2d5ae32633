import { secretNames, Settings } from '../config/settings.js';
import { slackHostsOf, slackOwnHosts, splitHosts } from '../config/slack-hosts.js';
import type { Surroundings, Variables } from './compile/expand-variables.js';

/** The setting that the shipped rules file reads its webhook from; the only one that a rules file may take. */
const sharedSetting = 'SLACK_WEBHOOK_URL';
const settingNames: ReadonlySet<string> = new Set([...Object.keys(new Settings()), ...secretNames]);

/** Whether `${NAME}` would be one of the router's own settings, which are no business of a rules file. */
export function isRouterSetting(name: string): boolean {
  if (name === sharedSetting) return false;
  // OpenTelemetry reads variables of its own, among them headers with tokens.
  return settingNames.has(name) || settingNames.has(name.replace(/_FILE$/, '')) || name.startsWith('OTEL_');
}

/**
 * What a rules file finds in an environment: for `${NAME}` the names in RULES_ENV where that is set, otherwise all but the
 * router's own settings; and the hosts in SLACK_ALLOW_HOSTS.
 */
export function surroundingsIn(environment: Variables): Surroundings {
  const listed = environment['RULES_ENV']?.split(',').map((name) => name.trim()) ?? [];
  const named = listed.some((name) => name !== '') ? listed : undefined;
  const variables = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !isRouterSetting(name) && (named?.includes(name) ?? true)),
  );
  const listedHosts = splitHosts(environment['SLACK_ALLOW_HOSTS'] ?? '');
  const hosts = slackHostsOf({
    SLACK_ALLOW_HOSTS: listedHosts.length === 0 ? slackOwnHosts : listedHosts,
    NODE_ENV: environment['NODE_ENV'] ?? '',
  });
  const redactKey = environment['REDACT_KEY']?.trim();
  return {
    variables,
    hosts,
    ...(named !== undefined && { named }),
    ...(redactKey !== undefined && redactKey !== '' && { redactKey }),
  };
}

/** The same for the service, whose webhook may have come from a file, and which in production takes no empty ones. */
export function surroundingsOf(settings: Settings, environment: Variables): Surroundings {
  const webhook = settings[sharedSetting];
  const given = webhook === undefined ? environment : { ...environment, [sharedSetting]: webhook };
  const inProduction = settings.NODE_ENV === 'production';
  return {
    ...surroundingsIn(given),
    hosts: slackHostsOf(settings),
    ...(settings.REDACT_KEY !== undefined && { redactKey: settings.REDACT_KEY }),
    ...(inProduction && { emptyWebhooks: 'refused' }),
  };
}
