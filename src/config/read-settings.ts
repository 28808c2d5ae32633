import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { auth0Problems } from './auth0-access.js';
import { secretNames, Settings } from './settings.js';
import { hostRefusal, slackHostsOf } from './slack-hosts.js';
import { tokenProblems } from './token-problems.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment that the service was started with, for the few that need more of it than the settings. */
export class ServiceEnvironment {
  constructor(readonly variables: Environment) {}
}

export type SettingsResult =
  /** `madeToken`: no token was set, so this run made one. */
  | { readonly ok: true; readonly settings: Settings; readonly madeToken: boolean }
  | { readonly ok: false; readonly problems: readonly string[] };

const apiUrlProblem =
  'SLACK_API_URL must be an https URL whose host is in SLACK_ALLOW_HOSTS; outside production it may lead to this machine by http';

/**
 * Reads the settings from an environment and from the files that its `NAME_FILE` variables name. An empty value counts
 * as absent. All problems are reported at once.
 */
export function readSettings(environment: Environment): SettingsResult {
  const problems: string[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(new Settings()).concat(secretNames)) {
    const value = environment[name];
    if (value !== undefined && value.trim() !== '') values[name] = value.trim();
  }
  for (const name of secretNames) readSecretFile(name, environment, values, problems);

  const settings = plainToInstance(Settings, values, { exposeDefaultValues: true });
  for (const error of validateSync(settings)) problems.push(...Object.values(error.constraints ?? {}));
  const isChecked = !problems.some((problem) => /^SLACK_(API_URL|ALLOW_HOSTS)/.test(problem));
  const refusal = isChecked ? hostRefusal(settings.SLACK_API_URL, slackHostsOf(settings)) : undefined;
  if (refusal !== undefined) problems.push(apiUrlProblem);

  problems.push(...auth0Problems(settings));

  const madeToken = settings.AUTH0_LOG_STREAM_TOKEN.length === 0;
  const fileIsWrong = problems.some((problem) => problem.startsWith('AUTH0_LOG_STREAM_TOKEN_FILE'));
  if (madeToken && settings.NODE_ENV === 'production' && !fileIsWrong) {
    problems.push(
      'AUTH0_LOG_STREAM_TOKEN is not set: in production set it to the Authorization value of the Auth0 log stream',
    );
  }
  if (settings.NODE_ENV === 'production') problems.push(...tokenProblems(settings));
  if (problems.length > 0) return { ok: false, problems: [...new Set(problems)] };
  if (madeToken) settings.AUTH0_LOG_STREAM_TOKEN = [randomBytes(18).toString('base64url')];
  return { ok: true, settings, madeToken };
}

function readSecretFile(
  name: string,
  environment: Environment,
  values: Record<string, string>,
  problems: string[],
): void {
  const path = environment[`${name}_FILE`]?.trim();
  if (path === undefined || path === '') return;
  if (name in values) {
    problems.push(`${name} and ${name}_FILE are both set: keep one`);
    return;
  }
  // Somebody may have put the secret itself where its file's name belongs, so the name is not quoted.
  try {
    const secret = readFileSync(path, 'utf8').trim();
    if (secret !== '') values[name] = secret;
    else problems.push(`${name}_FILE names a file that is empty`);
  } catch (error) {
    problems.push(
      `${name}_FILE names a file that can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
    );
  }
}
