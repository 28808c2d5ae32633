import { limited, overloaded, problemResponse, unauthorized } from './api-answers.js';
import { documents } from './open-api.js';

/** The routes of {@link documents}, which have no controller, in the form of the OpenAPI document. */
export function docsPaths(): object {
  return Object.fromEntries(
    Object.entries(documents).map(([path, document]) => [path, { get: operation(path, document) }]),
  );
}

function operation(path: string, { type, about, example }: (typeof documents)[keyof typeof documents]) {
  const [mediaType = type] = type.split(';');
  const schema = { type: typeof example === 'string' ? 'string' : 'object' };
  return {
    operationId: `docs${path.slice(5).replaceAll(/[^a-z]+/g, '_')}`,
    summary: about,
    tags: ['docs'],
    security: [{}, { admin: [] }],
    parameters: [],
    responses: {
      200: { description: 'The document', content: { [mediaType]: { schema, example } } },
      401: problemResponse(401, 'In production, where the token is missing or wrong', unauthorized),
      404: problemResponse(
        404,
        'It was not built; or, in production, ADMIN_TOKEN is not set',
        `There is nothing at ${path}.`,
      ),
      429: problemResponse(429, 'The address failed too often, and its token was not looked at', limited),
      503: problemResponse(503, 'The process is overloaded; send it again', overloaded),
    },
  };
}
