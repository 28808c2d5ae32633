import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An Incoming Webhook that takes everything at once. */
const server = createServer((request, response) => {
  request.resume().on('end', () => response.end('ok'));
});
server.listen(0, '127.0.0.1', () => {
  console.log(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port} `);
});
