import { readFile } from 'node:fs/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { packageFolder } from '../app/package-folder.js';
import { sentPath } from './paths.js';
import { sendProblem } from './problem-details.js';

/** The document at each path. */
export const documents = {
  '/docs': {
    file: 'index.html',
    type: 'text/html; charset=utf-8',
    about: 'This description of the API as a page',
    example: '<!doctype html>…',
  },
  '/docs/style.css': {
    file: 'style.css',
    type: 'text/css; charset=utf-8',
    about: 'The look of the page at /docs',
    example: ':root { color-scheme: light dark; }…',
  },
  '/docs-json': {
    file: 'openapi.json',
    type: 'application/json; charset=utf-8',
    about: 'This description of the API as OpenAPI in JSON',
    example: { openapi: '3.0.0', info: { title: 'Auth0 alert router', version: '1' }, paths: {} },
  },
  '/docs-yaml': {
    file: 'openapi.yaml',
    type: 'text/yaml; charset=utf-8',
    about: 'This description of the API as OpenAPI in YAML',
    example: 'openapi: 3.0.0\n…',
  },
} as const;

type Document = (typeof documents)[keyof typeof documents] & { readonly folder: URL };

/**
 * Describes the API: as a page at /docs, as JSON at /docs-json and as YAML at /docs-yaml.
 *
 * @param folder holds the documents, which `npm run docs:api` writes, a step of the build
 */
export function addOpenApi(
  app: NestFastifyApplication,
  folder = new URL('dist/api-docs/', packageFolder()),
): void {
  const server = app.getHttpAdapter().getInstance();
  for (const [path, document] of Object.entries(documents))
    server.get(path, (request, reply) => answer(request, reply, path, { ...document, folder }));
}

/** The page's links are relative, for a router below a path of another host, and wrong after a slash at the end. */
async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  document: Document,
): Promise<FastifyReply> {
  const [slashes = ''] = /\/*$/.exec(sentPath(request)) ?? [];
  return path === '/docs' && slashes !== ''
    ? reply.redirect(`${'../'.repeat(slashes.length)}docs`)
    : send(reply, document);
}

async function send(reply: FastifyReply, { file, type, folder }: Document): Promise<FastifyReply> {
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
