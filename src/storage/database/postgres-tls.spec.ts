import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { sql } from 'kysely';
import { libpqUrl } from './libpq-url.js';
import { openDatabase } from './open-database.js';

const folder = join(import.meta.dirname, '../../../test/fixtures/tls');
/** Valid for `localhost`, and signed by nobody else. */
const certificate = join(folder, 'certificate.pem');
const tls = { key: readFileSync(join(folder, 'key.pem')), cert: readFileSync(certificate) };

describe('sslmode in DATABASE_URL', () => {
  let server: Server;
  let accepted: number;

  /** The start of a PostgreSQL with TLS. Whoever sends something inside TLS has accepted the certificate. */
  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write('S');
        const secure = new TLSSocket(socket, { isServer: true, ...tls });
        secure.on('error', () => undefined);
        secure.once('data', () => {
          accepted += 1;
          socket.destroy();
        });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => {
    server.close();
  });

  /** What connecting fails with, and whether the certificate had been accepted by then. */
  async function connect(host: string, query: string): Promise<{ error: string; accepted: boolean }> {
    accepted = 0;
    const { port } = server.address() as AddressInfo;
    const db = openDatabase(`postgres://u:p@${host}:${port}/d${query}`);
    try {
      await sql`select 1`.execute(db);
      return { error: '', accepted: true };
    } catch (error) {
      return { error: String(error), accepted: accepted > 0 };
    } finally {
      await db.destroy();
    }
  }

  it.each([
    '?sslmode=require',
    '?sslmode=prefer',
    '?sslmode=allow',
    '?application_name=x&sslmode=require',
    '?sslmode=no-verify',
    '?sslmode=require&uselibpqcompat=true',
    `?sslmode=verify-ca&sslrootcert=${certificate}`,
    `?sslmode=require&sslrootcert=${certificate}`,
  ])('%s takes a certificate that nobody else signed', async (query) => {
    expect(await connect('127.0.0.1', query)).toMatchObject({ accepted: true });
  });

  it.each([
    '?sslmode=verify-ca',
    '?sslmode=verify-full',
    '?sslmode=verify-full&sslrootcert=system',
    '?ssl=true',
  ])('%s refuses it', async (query) => {
    expect(await connect('127.0.0.1', query)).toEqual({
      accepted: false,
      error: expect.stringContaining('self-signed certificate'),
    });
  });

  it('verify-full checks the name of the host as well', async () => {
    const query = `?sslmode=verify-full&sslrootcert=${certificate}`;
    expect(await connect('127.0.0.1', query)).toMatchObject({ accepted: false });
    expect(await connect('localhost', query)).toMatchObject({ accepted: true });
  });

  it('may come from the environment, as libpq reads it', () => {
    expect(libpqUrl('postgres://h/d', { PGSSLMODE: 'require' })).toBe(
      'postgres://h/d?sslmode=require&uselibpqcompat=true',
    );
    expect(libpqUrl('postgres://h/d?sslmode=disable', { PGSSLMODE: 'require' })).toContain('sslmode=disable');
    expect(libpqUrl('postgres://h/d', { PGSSLMODE: 'verify-ca', PGSSLROOTCERT: '/a b' })).toBe(
      'postgres://h/d?sslmode=verify-ca&sslrootcert=%2Fa%20b&uselibpqcompat=true',
    );
    expect(libpqUrl('postgres://h/d?host=/run/pg', {})).toBe('postgres://h/d?host=/run/pg');
  });
});
