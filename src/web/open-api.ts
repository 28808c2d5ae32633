import { readFile } from 'node:fs/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { sendProblem } from './problem-details.js';

/** dist/api-docs, which `npm run docs:api` writes as the last step of the build. */
const folder = new URL('../api-docs/', import.meta.url);

/** What stands at which path. */
const documents = {
  '/docs': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/docs/style.css': { file: 'style.css', type: 'text/css; charset=utf-8' },
  '/docs-json': { file: 'openapi.json', type: 'application/json; charset=utf-8' },
  '/docs-yaml': { file: 'openapi.yaml', type: 'text/yaml; charset=utf-8' },
} as const;

type Document = (typeof documents)[keyof typeof documents];

/** Describes the API: as a page at /docs, as JSON at /docs-json and as YAML at /docs-yaml. */
export function addOpenApi(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  for (const [path, document] of Object.entries(documents))
    server.get(path, (_request, reply) => send(reply, document));
  server.get('/docs/', async (_request, reply) => reply.redirect('../docs'));
}

async function send(reply: FastifyReply, { file, type }: Document): Promise<FastifyReply> {
  let text: string;
  try {
    text = await readFile(new URL(file, folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const detail =
      'The description of the API has not been built. `npm run build` builds it with the rest, ' +
      'and beside `npm run dev` it takes `npm run docs:api`.';
    return sendProblem(reply, 404, detail);
  }
  return reply.type(type).send(text);
}
