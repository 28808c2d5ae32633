import { promisify } from 'node:util';
import { gunzip, inflate, inflateRaw, type InputType, type ZlibOptions } from 'node:zlib';

export type Unpacked =
  | { readonly kind: 'ok'; readonly body: Buffer }
  /** Anything but gzip, deflate and identity, a list of several encodings included: Auth0 sends one at most. */
  | { readonly kind: 'unsupported-encoding' }
  /** The body isn't what its Content-Encoding says, or was cut short. */
  | { readonly kind: 'corrupt' }
  /** More than `maxBytes`, packed or unpacked. */
  | { readonly kind: 'too-large' };

type Inflate = (body: InputType, options: ZlibOptions) => Promise<Buffer>;

const gunzipAsync: Inflate = promisify(gunzip);
const inflateAsync: Inflate = promisify(inflate);
const inflateRawAsync: Inflate = promisify(inflateRaw);

/**
 * Unpacks a request body by its Content-Encoding, off the event loop. It stops as soon as `maxBytes` have
 * come out, so a small body that unpacks to gigabytes costs no more than an honest one of that size.
 */
export async function decompress(
  body: Buffer,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Unpacked> {
  const unpack = unpackerFor(body, encoding?.trim().toLowerCase() ?? '');
  if (unpack === 'unsupported') {
    return { kind: 'unsupported-encoding' };
  }
  if (body.length > maxBytes) {
    return { kind: 'too-large' };
  }
  if (unpack === 'none') {
    return { kind: 'ok', body };
  }
  try {
    return { kind: 'ok', body: await unpack(body, { maxOutputLength: maxBytes }) };
  } catch (error) {
    return failure(error);
  }
}

function unpackerFor(body: Buffer, encoding: string): Inflate | 'none' | 'unsupported' {
  switch (encoding) {
    case '':
    case 'identity':
      return 'none';
    case 'gzip':
    case 'x-gzip':
      return gunzipAsync;
    case 'deflate':
      return hasZlibHeader(body) ? inflateAsync : inflateRawAsync;
    default:
      return 'unsupported';
  }
}

/** RFC 9110 means the zlib format by `deflate`; some senders leave its header out. RFC 1950 gives the check. */
function hasZlibHeader(body: Buffer): boolean {
  return body.length >= 2 && (body.readUInt8(0) & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0;
}

function failure(error: unknown): Unpacked {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ERR_BUFFER_TOO_LARGE':
      return { kind: 'too-large' };
    case 'Z_DATA_ERROR':
    case 'Z_BUF_ERROR':
    case 'Z_NEED_DICT':
      return { kind: 'corrupt' };
    default:
      throw error;
  }
}
