import { adminTokens, withoutScheme } from './admin-tokens.js';
import type { Settings } from './settings.js';

const fewestCharacters = 16;

/**
 * What is wrong with the tokens for a production service: a token for operators can be guessed when it is short, and a
 * log stream's token is known to everybody who may see the settings of an Auth0 tenant. No token is quoted.
 */
export function tokenProblems(settings: Settings): string[] {
  const ofStream = settings.AUTH0_LOG_STREAM_TOKEN.map(withoutScheme);
  return (['ADMIN_TOKEN', 'METRICS_TOKEN'] as const).flatMap((name) => {
    const value = settings[name];
    if (value === undefined) return [];
    const tokens =
      name === 'ADMIN_TOKEN' ? adminTokens(value).map(({ token }) => token) : [withoutScheme(value)];
    const problems: string[] = [];
    if (tokens.some((token) => token.length < fewestCharacters))
      problems.push(
        `${name} must have at least ${fewestCharacters} characters in production, such as those of "openssl rand -hex 32"`,
      );
    if (tokens.some((token) => ofStream.includes(token)))
      problems.push(`${name} must be another token than AUTH0_LOG_STREAM_TOKEN in production`);
    return problems;
  });
}
