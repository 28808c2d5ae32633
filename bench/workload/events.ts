/** What an event holds that is of no interest to any rule: about 630 bytes as JSON, shaped as Auth0 writes it. */
export function background(index: number): Record<string, unknown> & { readonly log_id: string } {
  return {
    date: '2026-01-15T12:00:00.000Z',
    type: (['s', 'seacft', 'fu', 'fp', 'ssa', 'sapi', 'slo', 'sertft'] as const)[index % 8],
    description: 'Successful exchange of authorization code',
    connection: 'Username-Password-Authentication',
    connection_id: 'con_0000000000000001',
    client_id: 'AaiyAPdpYdesoKnqjj8HJqRn4T5titww',
    client_name: 'My Application',
    ip: `198.51.100.${index % 250}`,
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
    details: {
      prompts: [{ name: 'login', elapsedTime: 1200 + (index % 100) }],
      error: { message: 'Wrong password.', code: 'invalid' },
      stats: { loginsCount: 12 },
    },
    hostname: 'example.eu.auth0.com',
    user_id: `auth0|${String(index).padStart(12, '0')}`,
    user_name: 'user@example.com',
    tenant_name: 'example',
    isMobile: false,
    log_id: String(900_000_000_000 + index),
  };
}

/** The changes that make an event match exactly one of the first ten of the mixed rules, one kind after the other. */
const matching: readonly Record<string, unknown>[] = [
  { type: 'code0' },
  { type: 'two0' },
  { type: 'limit0_wc' },
  { type: 'reg0ular' },
  { type: 'fu', connection: 'Connection-0' },
  { type: 's', details: { stats: { loginsCount: 1_000_000.5 } } },
  { type: 'fu', details: { error: { message: 'text 0' } } },
  { client_id: 'client-0', isMobile: true },
  { tenant_name: 'tenant-0' },
  { type: 'sapi', description: 'Change 0: done' },
];

/** The data of events of which so many in a hundred match, evenly spread. Which events match is the same for any rules. */
export function eventData(count: number, matchingPercent: number): readonly Record<string, unknown>[] {
  const every = matchingPercent === 0 ? Number.POSITIVE_INFINITY : Math.round(100 / matchingPercent);
  return Array.from({ length: count }, (_, index) => {
    const data = background(index);
    if (index % every !== every - 1) return data;
    return { ...data, ...matching[Math.floor(index / every) % matching.length] };
  });
}
