import { isObject } from '../../../src/domain/json-value.js';
import { problem, type Auth0Reply } from './reply.js';
import type { Tenant } from './tenant.js';

/** `GET`, `POST` and `PATCH` of `/api/v2/log-streams`. */
export function answerStreams({ streams }: Tenant, method: string, path: string, body: unknown): Auth0Reply {
  const id = path.split('/')[1];
  if (method === 'GET' && id === undefined) return { status: 200, body: streams };
  if (!isObject(body))
    return problem(400, 'Bad Request', "Payload validation error: 'Expected type object'.");
  if (method === 'POST') {
    if (typeof body['type'] !== 'string' || !isObject(body['sink']))
      return problem(
        400,
        'Bad Request',
        "Payload validation error: 'Missing required property: sink'.",
        'invalid_body',
      );
    const number = String(streams.length + 1).padStart(16, '0');
    const made = { id: `lst_${number}`, status: 'active', isPriority: false, filters: [], ...body };
    streams.push(made);
    return { status: 201, body: made };
  }
  const stream = streams.find((one) => one['id'] === id);
  if (stream === undefined)
    return problem(404, 'Not Found', 'The log stream does not exist', 'inexistent_log_stream');
  Object.assign(stream, body);
  return { status: 200, body: stream };
}
