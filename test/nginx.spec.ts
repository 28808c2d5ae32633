import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SpawnedProgram } from './support/spawned-program.js';
import { until } from './support/until.js';

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

function hasNginx(): boolean {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function listening(status: number): Promise<Server> {
  const server = createServer((incoming: IncomingMessage, answer) => {
    incoming.resume();
    const { method, url, headers } = incoming;
    answer.writeHead(status).end(JSON.stringify({ method, url, from: headers['x-forwarded-for'] }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function freePort(): Promise<number> {
  const server = await listening(200);
  const port = portOf(server);
  await new Promise((done) => server.close(done));
  return port;
}

(hasNginx() ? describe : describe.skip)('deploy/nginx', () => {
  let folder: string;
  let port: number;
  let nginx: SpawnedProgram;
  let routers: readonly Server[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-nginx-'));
    // nginx's workers are another user when it is started by root.
    await chmod(folder, 0o755);
    routers = [await listening(503), await listening(200)];
    port = await freePort();
    const conf = await readFile('deploy/nginx/nginx.conf', 'utf8');
    await writeFile(
      join(folder, 'nginx.conf'),
      conf
        .replaceAll('/tmp/', `${folder}/`)
        .replace('listen 8443', `listen 127.0.0.1:${port}`)
        .replace('listen 8080', `listen 127.0.0.1:${await freePort()}`),
    );
    let upstream = await readFile('deploy/nginx/two-routers.conf', 'utf8');
    for (const [index, router] of routers.entries()) {
      upstream = upstream.replace(`router-${index + 1}:3000`, `127.0.0.1:${portOf(router)}`);
    }
    await writeFile(join(folder, 'upstream.conf'), upstream);
    await copyFile('test/fixtures/tls/certificate.pem', join(folder, 'certificate.pem'));
    await copyFile('test/fixtures/tls/key.pem', join(folder, 'key.pem'));
    nginx = SpawnedProgram.start(folder, 'nginx', ['-p', folder, '-c', 'nginx.conf', '-g', 'daemon off;']);
    await until(() =>
      ask('GET', '/').then(
        () => true,
        () => false,
      ),
    );
  });

  afterAll(async () => {
    nginx.kill('SIGTERM');
    await nginx.exit();
    for (const router of routers) {
      router.closeAllConnections();
      router.close();
    }
    await rm(folder, { recursive: true });
  });

  const ask = (method: string, path: string): Promise<Answer> =>
    new Promise((done, failed) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port,
          method,
          path,
          rejectUnauthorized: false,
          headers: { 'X-Forwarded-For': '1.2.3.4' },
        },
        (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => void (body += chunk.toString('utf8')));
          response.on('end', () => done({ status: response.statusCode, body }));
        },
      );
      asked.on('error', failed);
      asked.end(method === 'POST' ? '[]' : undefined);
    });

  it('hands a batch that one router refused to the other one, with the client’s address as the last', async () => {
    for (let count = 0; count < 4; count++) {
      const { status, body } = await ask('POST', '/api/logs');
      expect(status).toBe(200);
      expect(JSON.parse(body)).toEqual({ method: 'POST', url: '/api/logs', from: '1.2.3.4, 127.0.0.1' });
    }
  });

  it.each(['/admin/status', '/metrics', '/docs', '/', '/api/logs/x', '/api//../admin/status'])(
    'shows the internet nothing at %s',
    async (path) => {
      expect(await ask('GET', path)).toMatchObject({
        status: 404,
        body: expect.stringContaining('nginx') as string,
      });
    },
  );
});
