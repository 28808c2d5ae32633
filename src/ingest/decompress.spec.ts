import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { parseBatch } from './batch.js';
import { decompress } from './decompress.js';

const text = JSON.stringify([{ type: 'f', description: 'Falsches Passwort für Zoë 😀' }]);
const plain = Buffer.from(text);
const mib = 1_048_576;

describe('decompress', () => {
  it.each([
    ['gzip', gzipSync(plain)],
    ['GZip', gzipSync(plain)],
    ['x-gzip', gzipSync(plain)],
    ['deflate', deflateSync(plain)],
    ['deflate', deflateSync(plain, { level: 9, windowBits: 9 })],
    ['deflate', deflateRawSync(plain)],
    ['deflate', deflateRawSync(plain, { level: 0 })],
    [' Deflate ', deflateRawSync(plain)],
    ['identity', plain],
    ['', plain],
    [undefined, plain],
  ])('unpacks %p', async (encoding, body) => {
    const unpacked = await decompress(body, encoding, mib);
    expect(unpacked.kind === 'ok' && unpacked.body.toString('utf8')).toBe(text);
  });

  it('reads a gzip body of several members to its end', async () => {
    const body = Buffer.concat([gzipSync(plain.subarray(0, 20)), gzipSync(plain.subarray(20))]);
    expect(await decompress(body, 'gzip', mib)).toEqual({ kind: 'ok', body: plain });
  });

  it.each([
    ['br', brotliCompressSync(plain)],
    ['zstd', plain],
    ['gzip, deflate', deflateSync(gzipSync(plain))],
    ['utf-8', plain],
  ])('refuses %p', async (encoding, body) => {
    expect(await decompress(body, encoding, mib)).toEqual({ kind: 'unsupported-encoding' });
  });

  it.each([
    ['plain text said to be gzip', plain, 'gzip'],
    ['plain text said to be deflate', plain, 'deflate'],
    ['a gzip body cut short', gzipSync(plain).subarray(0, 40), 'gzip'],
    ['a deflate body cut short', deflateSync(plain).subarray(0, 40), 'deflate'],
    ['a gzip body with a flipped byte', flipLastByte(gzipSync(plain)), 'gzip'],
    [
      'a deflate body that wants a dictionary',
      deflateSync(plain, { dictionary: Buffer.from('type') }),
      'deflate',
    ],
    ['an empty body said to be gzip', Buffer.alloc(0), 'gzip'],
    ['an empty body said to be deflate', Buffer.alloc(0), 'deflate'],
  ])('finds corrupt: %s', async (_name, body, encoding) => {
    expect(await decompress(body, encoding, mib)).toEqual({ kind: 'corrupt' });
  });

  it.each([
    ['gzip', gzipSync(plain)],
    ['deflate', deflateSync(plain)],
    ['deflate', deflateRawSync(plain)],
    ['identity', plain],
  ])('takes exactly as much as is allowed, and no byte more: %p', async (encoding, body) => {
    const most = Math.max(plain.length, body.length);
    expect((await decompress(body, encoding, most)).kind).toBe('ok');
    expect(await decompress(body, encoding, plain.length - 1)).toEqual({ kind: 'too-large' });
  });

  it('stops a bomb early', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * mib));
    expect(bomb.length).toBeLessThan(mib / 8);
    expect(await decompress(bomb, 'gzip', mib / 8)).toEqual({ kind: 'too-large' });
  });

  it('lets bytes that are no UTF-8 through to a text that can be read', async () => {
    const body = Buffer.from('[{"type":"f","user_name":"\xff\xfe"}]', 'latin1');
    const unpacked = await decompress(gzipSync(body), 'gzip', mib);
    expect(unpacked.kind === 'ok' && parseBatch(unpacked.body.toString('utf8'))).toEqual({
      kind: 'elements',
      elements: [{ type: 'f', user_name: '\uFFFD\uFFFD' }],
    });
  });
});

/** The last byte of a gzip body belongs to its length check. */
function flipLastByte(body: Buffer): Buffer {
  const flipped = Buffer.from(body);
  flipped[flipped.length - 1] = 0xff;
  return flipped;
}
