import type { FastifyRequest } from 'fastify';

/** The route that answers, so that no spelling of the path gets round a check; the raw path where none does. */
export function pathOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? request.url.split('?', 1)[0] ?? '/';
}

export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
