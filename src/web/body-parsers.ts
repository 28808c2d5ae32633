import type { FastifyInstance } from 'fastify';
import { isBelow } from './paths.js';

/** An operator's rules and events to explain. */
const longestAdminBody = 5 * 1024 * 1024;

/** A button that was pressed comes with its message, in all a few kilobytes; its sender is known only once it is read. */
export const longestOtherBody = 256 * 1024;

/**
 * The log stream's bodies reach their controller as bytes, since Auth0's Content-Type setting is free text and says
 * nothing reliable, and so do forms, since Slack signs the bytes; everything else is JSON as Fastify reads it. To be
 * called before there are routes.
 *
 * @param longestBatch in bytes
 */
export function addBodyParsers(server: FastifyInstance, longestBatch: number): void {
  server.addHook('onRoute', (route) => {
    if (isBelow(route.url, '/api/logs')) route.bodyLimit = longestBatch;
    else route.bodyLimit = isBelow(route.url, '/admin') ? longestAdminBody : longestOtherBody;
  });
  for (const type of ['*', 'application/x-www-form-urlencoded'])
    server.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.addHook('onRequest', async (request) => {
    if (request.routeOptions.url === '/api/logs')
      request.headers['content-type'] = 'application/octet-stream';
  });
}
