import { secretNames, type Settings } from '../config/settings.js';
import type { Variables } from './compile/expand-variables.js';

/** The environment as `${NAME}` in a rules file sees it: secrets that came from files are in it too. */
export function rulesVariables(settings: Settings, environment: Variables): Variables {
  const secrets = secretNames.flatMap((name) => {
    const value = settings[name];
    return typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
  });
  return { ...environment, ...Object.fromEntries(secrets) };
}
