import { auth0ClientOf, logsFrom, logsModeOf } from './auth0-access.js';
import { readSettings } from './read-settings.js';

describe("the settings for the tenant's logs", () => {
  const whole = {
    AUTH0_DOMAIN: 'acme.eu.auth0.com',
    AUTH0_CLIENT_ID: 'client',
    AUTH0_CLIENT_SECRET: 'secret',
  };
  const modeOf = (environment: Record<string, string>): string => {
    const read = readSettings(environment);
    return read.ok ? logsModeOf(read.settings) : read.problems.join('\n');
  };

  it.each([
    [{}, 'off'],
    [whole, 'fill'],
    [{ ...whole, AUTH0_LOGS: 'pull' }, 'pull'],
    [{ ...whole, AUTH0_LOGS: 'off' }, 'off'],
    [{ ...whole, AUTH0_LOGS_FROM: '2026-11-01' }, 'fill'],
    [{ ...whole, AUTH0_LOGS_FROM: '90020211201185132572079310688835925971249535794074878050' }, 'fill'],
  ])('of %j are good, and mean %s', (environment, mode) => {
    expect(modeOf(environment)).toBe(mode);
  });

  it.each([
    [
      { AUTH0_DOMAIN: 'acme.eu.auth0.com' },
      'AUTH0_DOMAIN needs AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET as well',
    ],
    [
      { AUTH0_DOMAIN: 'acme.eu.auth0.com', AUTH0_CLIENT_SECRET: 'secret' },
      'AUTH0_DOMAIN and AUTH0_CLIENT_SECRET need AUTH0_CLIENT_ID as well',
    ],
    [{ AUTH0_LOGS: 'pull' }, 'AUTH0_LOGS=pull needs AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET'],
    [
      { ...whole, AUTH0_DOMAIN: 'https://acme.eu.auth0.com' },
      'AUTH0_DOMAIN must be the domain of the tenant alone, such as acme.eu.auth0.com',
    ],
    [{ ...whole, AUTH0_LOGS: 'push' }, 'AUTH0_LOGS must be fill, pull or off'],
    [
      { ...whole, AUTH0_LOGS_FROM: '2026-13-01' },
      'AUTH0_LOGS_FROM must be a date, such as 2026-11-01 or 2026-11-01T08:00:00Z, or the log_id of an event',
    ],
  ])('of %j are refused in one line', (environment, problem) => {
    expect(modeOf(environment)).toBe(problem);
  });

  it('lead to the tenant, or to what stands in between, and begin now or at a date in UTC', () => {
    const read = readSettings({ ...whole, AUTH0_LOGS_FROM: '2026-11-01T08:00' });
    if (!read.ok) throw new Error(read.problems.join('\n'));
    expect(auth0ClientOf(read.settings)).toEqual({
      domain: 'acme.eu.auth0.com',
      clientId: 'client',
      clientSecret: 'secret',
      apiUrl: 'https://acme.eu.auth0.com',
    });
    expect(logsFrom(read.settings, Number.MAX_SAFE_INTEGER)).toEqual({ at: Date.UTC(2026, 10, 1, 8) });
    expect(logsFrom(read.settings, 5)).toEqual({ at: 5 });
  });
});
