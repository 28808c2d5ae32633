import type { FastifyRequest } from 'fastify';

/**
 * Which spellings of a path reach a route, as in Express: a slash at its end, doubled slashes and other capitals do. What
 * is the value of a parameter keeps its capitals.
 */
export const routerOptions = {
  ignoreTrailingSlash: true,
  ignoreDuplicateSlashes: true,
  caseSensitive: false,
} as const;

/**
 * The route that answers, so that no spelling of the path gets round a check. Where none does, the path as it was sent,
 * with the capitals and doubled slashes changed as the router would.
 */
export function pathOf(request: FastifyRequest): string {
  return (
    request.routeOptions.url ??
    sentPath(request)
      .replace(/\/{2,}/g, '/')
      .toLowerCase()
  );
}

/** The path as it was sent, without its query. */
export function sentPath(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}

export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
