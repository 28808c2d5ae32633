/** The variables of libpq that are read here; `pg` itself reads the others, such as PGPASSWORD. */
export type LibpqEnvironment = Readonly<Partial<Record<'PGSSLMODE' | 'PGSSLROOTCERT', string>>>;

const libpqModes: ReadonlySet<string> = new Set([
  'disable',
  'allow',
  'prefer',
  'require',
  'verify-ca',
  'verify-full',
]);

/**
 * A `postgres://` URL written so that `pg` does with `sslmode` what libpq does, as of
 * https://www.postgresql.org/docs/current/libpq-ssl.html: `require`, `prefer` and `allow` encrypt and check no certificate,
 * unless `sslrootcert` names one, with which `require` checks it; `verify-ca` checks the certificate, `verify-full` its
 * host name too. `pg` by itself would check everything in each of these modes.
 *
 * Differences that stay: `prefer` and `allow` do not go on without TLS, and where no `sslrootcert` is given, `verify-ca` is
 * `verify-full` with the authorities that Node.js knows.
 */
export function libpqUrl(url: string, environment: LibpqEnvironment = process.env): string {
  const at = url.indexOf('?');
  const [base, query] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
  const given = query.split('&').filter((part) => part !== '');
  const names = new Set(given.map(nameOf));
  // These parameters ask for the behaviour of pg itself.
  if (names.has('uselibpqcompat') || names.has('ssl')) return url;

  const mode = valueOf('sslmode', given) ?? environment.PGSSLMODE;
  // Any other is a mode of pg's own, or none, with which pg checks everything.
  if (mode === undefined || !libpqModes.has(mode)) return url;
  const root = valueOf('sslrootcert', given) ?? environment.PGSSLROOTCERT;
  const rest = given.filter((part) => !['sslmode', 'sslrootcert'].includes(nameOf(part)));
  // The authorities that the system, here Node.js, knows: with them libpq takes no mode but verify-full.
  const bySystem = root === 'system' || (mode === 'verify-ca' && !root);
  const ssl = [
    `sslmode=${modeFor(mode, bySystem)}`,
    ...(root && root !== 'system' ? [`sslrootcert=${encodeURIComponent(root)}`] : []),
    'uselibpqcompat=true',
  ];
  return `${base}?${[...rest, ...ssl].join('&')}`;
}

function modeFor(mode: string, bySystem: boolean): string {
  if (bySystem && mode !== 'disable') return 'verify-full';
  return mode === 'allow' ? 'prefer' : mode;
}

function nameOf(parameter: string): string {
  return parameter.split('=', 1)[0] ?? '';
}

function valueOf(name: string, parameters: readonly string[]): string | undefined {
  return new URLSearchParams(parameters.join('&')).get(name) ?? undefined;
}
