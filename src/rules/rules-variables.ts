import { secretNames, Settings } from '../config/settings.js';
import type { Variables } from './compile/expand-variables.js';

/** The setting that the shipped rules file reads its webhook from; the only one that a rules file may take. */
const sharedSetting = 'SLACK_WEBHOOK_URL';
const settingNames: ReadonlySet<string> = new Set([...Object.keys(new Settings()), ...secretNames]);

/** Whether `${NAME}` would be one of the router's own settings, which are no business of a rules file. */
export function isRouterSetting(name: string): boolean {
  return name !== sharedSetting && (settingNames.has(name) || settingNames.has(name.replace(/_FILE$/, '')));
}

/**
 * The part of an environment that `${NAME}` in a rules file may take: the names in RULES_ENV where that is set, otherwise
 * all but the router's own settings.
 */
export function allowedVariables(environment: Variables): Variables {
  const named = environment['RULES_ENV']?.split(',').map((name) => name.trim());
  const only = named === undefined || named.every((name) => name === '') ? undefined : new Set(named);
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !isRouterSetting(name) && (only?.has(name) ?? true)),
  );
}

/** The same for the service, whose webhook may have come from a file. */
export function rulesVariables(settings: Settings, environment: Variables): Variables {
  const webhook = settings[sharedSetting];
  return allowedVariables(webhook === undefined ? environment : { ...environment, [sharedSetting]: webhook });
}
