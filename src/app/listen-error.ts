/**
 * Why the service can't listen on the configured address, and what to change; undefined when the error is another one.
 *
 * @param error what `listen` was rejected with
 */
export function listenError(
  error: unknown,
  { HOST, PORT }: { HOST: string; PORT: number },
): string | undefined {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `PORT: ${PORT} is in use on ${HOST}; stop what listens there, or choose another`;
    case 'EACCES':
    case 'EPERM':
      return `PORT: this user may not listen on ${PORT} of ${HOST}; choose a port from 1024 up, such as 3000, or give the process the right (CAP_NET_BIND_SERVICE)`;
    case 'EADDRNOTAVAIL':
      return `HOST: ${HOST} is not an address of this machine; write one that it has, or 0.0.0.0 for all of them`;
    case 'EAFNOSUPPORT':
      return `HOST: this machine has no IPv6, so that it can't listen on ${HOST}; write an IPv4 address, such as 0.0.0.0`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST: the name ${HOST} can't be found; write an address of this machine, or 0.0.0.0 for all of them`;
    default:
      return `HOST, PORT: nothing can listen on port ${PORT} of ${HOST} (${code})`;
  }
}
