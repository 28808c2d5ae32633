import { request, type Agent } from 'node:http';
import { token } from './router.js';

/** Sends a batch. The status of the answer; 0 when there was none. */
export function post(url: string, body: Buffer, agent: Agent): Promise<number> {
  // A copy, because the next batch may be written into the same buffer.
  const copy = Buffer.from(body);
  const headers = {
    'content-type': 'application/json',
    'content-length': copy.length,
    authorization: token,
  };
  return new Promise((resolve) => {
    request(`${url}/api/logs`, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('close', () => resolve(response.statusCode ?? 0));
    })
      .once('error', () => resolve(0))
      .end(copy);
  });
}
