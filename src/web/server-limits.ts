import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** How long a request may take to arrive, and how many connections there may be. Times are in ms. */
export interface ServerLimits {
  /** From a request's first byte, or the connection's beginning, to the end of its headers. */
  readonly headersTimeout: number;
  /** From a request's first byte to its last. */
  readonly requestTimeout: number;
  /** A connection on which nothing moves this long is closed; longer than any answer takes. */
  readonly connectionTimeout: number;
  /** How often the first two are looked at. */
  readonly connectionsCheckingInterval: number;
  /** Of each listener; one more is closed as soon as it was accepted. */
  readonly maxConnections: number;
}

/** A batch of 5 MB arrives in time at 170 kB a second. Load balancers hold far fewer connections. */
export const serverLimits: ServerLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionTimeout: 60_000,
  connectionsCheckingInterval: 2_000,
  maxConnections: 1_000,
};

/** Those of the limits that Fastify takes when it is made. */
export function limitOptions(limits: ServerLimits) {
  const { headersTimeout, connectionsCheckingInterval, requestTimeout, connectionTimeout } = limits;
  return {
    requestTimeout,
    connectionTimeout,
    http: { headersTimeout, requestTimeout, connectionsCheckingInterval },
  };
}

/**
 * Sets up every listener of a server: `localhost` is two addresses, for the second of which Fastify makes a listener of its
 * own when the first one listens.
 */
export function addListenerLimits(server: FastifyInstance, { maxConnections }: ServerLimits): void {
  server.addHook('onListen', async () => {
    for (const listener of listenersOf(server)) {
      listener.maxConnections = maxConnections;
      // Node would ask for a body before anybody has looked at the token; see continueWhenRead.
      listener.on('checkContinue', (request, response) => listener.emit('request', request, response));
    }
  });
}

/** Asks a client that waits for `100 Continue` for its body, once the body is about to be read. */
export function continueWhenRead(server: FastifyInstance): void {
  server.addHook('preParsing', async (request, reply) => {
    if (request.headers.expect?.toLowerCase() === '100-continue') reply.raw.writeContinue();
    return undefined;
  });
}

/** The main listener, and those that Fastify keeps below a symbol of its own. */
export function listenersOf(server: FastifyInstance): readonly Server[] {
  const bindings = Object.getOwnPropertySymbols(server).find(
    ({ description }) => description === 'fastify.serverBindings',
  );
  const others = bindings && (Reflect.get(server, bindings) as readonly Server[] | undefined);
  return [server.server, ...(others ?? [])];
}
