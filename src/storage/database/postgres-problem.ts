/** OpenSSL's and Node's codes of a certificate that was not trusted, or is for another host. */
const certificateCode =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME_INVALID)/;

/** Why PostgreSQL could not be used, and what to do, in one sentence or two for the person who starts the service. */
export function postgresProblem(error: unknown): string {
  return `The database can't be opened: ${reasonFor(error)}`;
}

function reasonFor(error: unknown): string {
  // An error of several connection attempts has a code, but no message of its own.
  const one: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { message, code } = one as { readonly message?: string; readonly code?: string };
  const words = message || code || String(error);
  if (code !== undefined && certificateCode.test(code))
    return `its certificate is not trusted (${words}). Name the certificate of its authority with sslrootcert=/path/to/ca.pem in DATABASE_URL, or write sslmode=require there to encrypt without checking it.`;
  if (/does not support SSL/.test(words))
    return 'the server offers no TLS. Turn it on there, or write sslmode=disable in DATABASE_URL.';
  if (code === '42501')
    return `${words}. The role in DATABASE_URL must be able to create tables in its schema.`;
  return words;
}
