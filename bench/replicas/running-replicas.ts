import { TcpProxy } from '../../test/support/tcp-proxy.js';
import { startRouter, type Router } from '../router.js';
import { Sender } from '../sender.js';

const rules = `
version: 1
channels: { local: { console: true } }
rules: [{ id: by-ip, match: { types: [fp] }, channels: [local], window: { within: 12h, by: [ip], count: 10000 } }]
`;
/** Nothing is posted here. */
const nowhere = 'http://127.0.0.1:9/';
export const eventsPerBatch = 10;

export interface Replica {
  readonly router: Router;
  /** What lies between it and the database. */
  readonly proxy: TcpProxy;
}

/** Routers over one database that count failed logins by address, for as long as the work takes. */
export async function withReplicas<T>(
  count: number,
  databaseUrl: string,
  work: (replicas: readonly Replica[]) => Promise<T>,
): Promise<T> {
  const replicas: Replica[] = [];
  try {
    for (let replica = 0; replica < count; replica++) {
      const proxy = await TcpProxy.start(databaseUrl);
      const router = await startRouter({ rules, slackUrl: nowhere, databaseUrl: proxy.url });
      replicas.push({ router, proxy });
    }
    return await work(replicas);
  } finally {
    for (const { router, proxy } of replicas) {
      await router.stop();
      await proxy.close();
    }
  }
}

let addresses = 0;

/** A sender to one of them, whose address no other sender has, unless one is given. */
export function senderTo({ router }: Replica, address?: string): Sender {
  addresses += 1;
  return new Sender(router.url, address ?? `10.0.${addresses >> 8}.${addresses & 255}`);
}

export async function sendBatch(sender: Sender): Promise<void> {
  const event = { user: 'user', at: Date.now() };
  await sender.send(Array.from({ length: eventsPerBatch }, () => event));
}
