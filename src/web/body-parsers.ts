import type { FastifyInstance } from 'fastify';

/**
 * The log stream's bodies reach their controller as bytes, since Auth0's Content-Type setting is free text and says
 * nothing reliable; everything else is JSON as Fastify reads it.
 */
export function addBodyParsers(server: FastifyInstance): void {
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.addHook('onRequest', async (request) => {
    if (request.routeOptions.url === '/api/logs')
      request.headers['content-type'] = 'application/octet-stream';
  });
}
