import { secretNames, Settings } from '../config/settings.js';
import type { Surroundings, Variables } from './compile/expand-variables.js';

/** The setting that the shipped rules file reads its webhook from; the only one that a rules file may take. */
const sharedSetting = 'SLACK_WEBHOOK_URL';
const settingNames: ReadonlySet<string> = new Set([...Object.keys(new Settings()), ...secretNames]);

/** Whether `${NAME}` would be one of the router's own settings, which are no business of a rules file. */
export function isRouterSetting(name: string): boolean {
  return name !== sharedSetting && (settingNames.has(name) || settingNames.has(name.replace(/_FILE$/, '')));
}

/**
 * What `${NAME}` in a rules file may take of an environment: the names in RULES_ENV where that is set, otherwise all but
 * the router's own settings.
 */
export function surroundingsIn(environment: Variables): Surroundings {
  const listed = environment['RULES_ENV']?.split(',').map((name) => name.trim()) ?? [];
  const named = listed.some((name) => name !== '') ? listed : undefined;
  const variables = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !isRouterSetting(name) && (named?.includes(name) ?? true)),
  );
  return { variables, ...(named !== undefined && { named }) };
}

/** The same for the service, whose webhook may have come from a file. */
export function surroundingsOf(settings: Settings, environment: Variables): Surroundings {
  const webhook = settings[sharedSetting];
  return surroundingsIn(webhook === undefined ? environment : { ...environment, [sharedSetting]: webhook });
}
