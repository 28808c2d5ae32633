import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { isBelow } from './paths.js';

const nothing = ["'none'"];
const self = ["'self'"];

/** The API gives data, in which a browser has nothing to run or to load. */
const apiPolicy = {
  'default-src': nothing,
  'base-uri': nothing,
  'form-action': nothing,
  'frame-ancestors': nothing,
};

/** Pages, by the folder they are in, with what they may load. */
const pagePolicies: Readonly<Record<string, Readonly<Record<string, string[]>>>> = {
  '/docs': {
    ...apiPolicy,
    'script-src': self,
    'style-src': self,
    'img-src': [...self, 'data:'],
    'connect-src': self,
  },
};

/** Puts the headers on every answer that let browsers trust the router's answers with as little as possible. */
export async function addSecurityHeaders(server: FastifyInstance): Promise<void> {
  server.addHook('onRoute', (route) => {
    const page = Object.keys(pagePolicies).find((folder) => isBelow(route.url, folder));
    if (page !== undefined) route.helmet = { contentSecurityPolicy: policy(pagePolicies[page] ?? apiPolicy) };
  });
  await server.register(helmet, {
    contentSecurityPolicy: policy(apiPolicy),
    // Other hosts of the same domain are none of the router's business.
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
  });
}

function policy(directives: Readonly<Record<string, string[]>>) {
  return { useDefaults: false, directives };
}
