import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { createRequire } from 'node:module';
import type { AxiosInstance } from 'axios';

const require = createRequire(import.meta.url);

/**
 * A client over kept-alive connections that follows no redirect and takes any status as an answer, whose body is text.
 *
 * axios is loaded with the first client, since the start waits for every module. By `require`, since a module that
 * `import` could not load once, as when too many files are open, it never loads in the same process.
 *
 * @param longestAnswer in bytes
 */
export function createHttpClient(timeoutMs: number, longestAnswer: number): AxiosInstance {
  const { create } = require('axios') as typeof import('axios');
  return create({
    maxRedirects: 0,
    validateStatus: () => true,
    timeout: timeoutMs,
    responseType: 'text',
    transformResponse: [],
    maxContentLength: longestAnswer,
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
  });
}
