import type { FastifyInstance } from 'fastify';
import type { BatchResults } from '../ingest/batch-results.js';
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
 * @param batches is notified of batches that are refused before their controller sees them
 */
export function addBodyParsers(server: FastifyInstance, longestBatch: number, batches: BatchResults): void {
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
  server.addHook('onError', async (request, _reply, error) => {
    if (request.routeOptions.url !== '/api/logs') return;
    if (error.statusCode === 413) batches.add({ kind: 'too-large' });
    else if (error.statusCode === 400) batches.add({ kind: 'unreadable', message: error.message });
  });
}
