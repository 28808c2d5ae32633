import { postgresProblem } from './postgres-problem.js';

function coded(message: string, code?: string): Error {
  return Object.assign(new Error(message), { code });
}

describe('postgresProblem', () => {
  it.each<[string, unknown, string]>([
    [
      'a certificate',
      coded('self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'),
      'sslrootcert=/path/to/ca.pem',
    ],
    ['another host', coded('Hostname/IP does not match', 'ERR_TLS_CERT_ALTNAME_INVALID'), 'sslmode=require'],
    ['no TLS', coded('The server does not support SSL connections'), 'sslmode=disable'],
    ['no right', coded('permission denied for schema public', '42501'), 'create tables'],
    [
      'several addresses',
      new AggregateError([coded('connect ECONNREFUSED ::1:5432', 'ECONNREFUSED')], ''),
      'connect ECONNREFUSED ::1:5432',
    ],
    ['anything else', coded('database "x" does not exist', '3D000'), 'database "x" does not exist'],
    ['an error without words', coded('', 'ECONNREFUSED'), 'ECONNREFUSED'],
  ])('says on one line what to do about %s', (_what, error, words) => {
    const problem = postgresProblem(error);
    expect(problem).toMatch(/^The database can't be opened: .+$/);
    expect(problem).toContain(words);
  });
});
