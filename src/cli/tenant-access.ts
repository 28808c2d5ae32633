import type { Auth0Client } from '../auth0/access-token.js';
import type { Auth0Failure } from '../auth0/auth0-answer.js';
import { ManagementApi } from '../auth0/management-api.js';
import { UsageError, type CliIo } from './cli-io.js';
import { variableOrFile } from './environment-variable.js';
import { printable } from './printable.js';

const meanings = {
  AUTH0_DOMAIN: "the tenant's own domain alone, such as acme.eu.auth0.com",
  AUTH0_CLIENT_ID: 'the id of a machine-to-machine application',
  AUTH0_CLIENT_SECRET: 'its secret; or AUTH0_CLIENT_SECRET_FILE, a file that holds it',
} as const;

export type TenantAccess =
  | { readonly ok: true; readonly client: Auth0Client }
  /** What is missing or wrong, and what to set instead. No secret is quoted. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** The tenant and the application that the environment's `AUTH0_…` variables name. */
export function tenantAccess(environment: CliIo['environment']): TenantAccess {
  const problems: string[] = [];
  const read = (name: keyof typeof meanings): string => {
    const before = problems.length;
    const value = variableOrFile(environment, name, (problem) => problems.push(problem));
    if (value === undefined && problems.length === before)
      problems.push(`${name} is not set: ${meanings[name]}`);
    return value ?? '';
  };
  const domain = read('AUTH0_DOMAIN').toLowerCase();
  const [clientId, clientSecret] = [read('AUTH0_CLIENT_ID'), read('AUTH0_CLIENT_SECRET')];
  const apiUrl = (environment['AUTH0_API_URL']?.trim() || `https://${domain}`).replace(/\/+$/, '');
  if (domain !== '' && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain))
    problems.push(`AUTH0_DOMAIN must be ${meanings.AUTH0_DOMAIN}`);
  else if (domain !== '' && (!URL.canParse(apiUrl) || !/^https?:/.test(apiUrl)))
    problems.push('AUTH0_API_URL must be an http(s) URL, such as https://acme.eu.auth0.com');
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, client: { domain, clientId, clientSecret, apiUrl } };
}

/** Whether the environment names a tenant or an application at all. */
export function namesTenant(environment: CliIo['environment']): boolean {
  const names = [...Object.keys(meanings), 'AUTH0_CLIENT_SECRET_FILE'];
  return names.some((name) => (environment[name] ?? '').trim() !== '');
}

/** @throws UsageError which lists all that is missing or wrong */
export function tenantApi({ environment, now }: CliIo): ManagementApi {
  const access = tenantAccess(environment);
  if (access.ok) return new ManagementApi(access.client, now);
  const problems = access.problems.map((problem) => `  ${problem}`);
  throw new UsageError(
    ['a tenant is read with an application of its own (docs/auth0.md):', ...problems].join('\n'),
  );
}

/** What went wrong, and what to do about it. */
export function failureText(failure: Auth0Failure): string {
  const said = printable(failure.error);
  switch (failure.kind) {
    case 'unauthorized':
      return `Auth0 refused the application (${said}): check AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET`;
    case 'forbidden':
      return failure.scope === undefined
        ? `Auth0 refused the application (${said}): authorise it for the Auth0 Management API, with the scopes of docs/auth0.md`
        : `Auth0 refused the application (${said}): give it the scope ${printable(failure.scope)} of the Auth0 Management API`;
    case 'not-found':
    case 'refused':
      return `Auth0 refused the request (${said})`;
    case 'rate-limited':
      return `Auth0's rate limit is reached (${said}): try again in ${Math.ceil(failure.waitMs / 1_000)} s`;
    case 'unavailable':
      return `Auth0 does not answer (${said}): check AUTH0_DOMAIN and the connection, or try again later`;
    case 'garbage':
      return `Auth0 answered what it should not (${said}): check AUTH0_DOMAIN and AUTH0_API_URL`;
  }
}
