import type { FastifyInstance } from 'fastify';

/** A button that was pressed comes with its message, in all a few kilobytes. */
const longestForm = 256 * 1024;

/**
 * The log stream's bodies reach their controller as bytes, since Auth0's Content-Type setting is free text and says
 * nothing reliable, and so do forms, since Slack signs the bytes; everything else is JSON as Fastify reads it.
 */
export function addBodyParsers(server: FastifyInstance): void {
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer', bodyLimit: longestForm },
    (_request, body, done) => done(null, body),
  );
  server.addHook('onRequest', async (request) => {
    if (request.routeOptions.url === '/api/logs')
      request.headers['content-type'] = 'application/octet-stream';
  });
}
