import { decodeText } from './decode-text.js';

describe('decodeText', () => {
  it('takes UTF-8, with or without a byte order mark', () => {
    const text = 'version: 1 # é 😀\n';
    expect(decodeText(Buffer.from(text))).toEqual({ ok: true, text });
    expect(decodeText(Buffer.from(`\u{FEFF}${text}`))).toEqual({ ok: true, text });
    expect(decodeText(Buffer.from(''))).toEqual({ ok: true, text: '' });
  });

  it.each([
    ['with a mark', Buffer.from('\u{FEFF}version: 1\n', 'utf16le')],
    ['of the other byte order', Buffer.from('\u{FEFF}version: 1\n', 'utf16le').swap16()],
    ['without a mark', Buffer.from('version: 1\n', 'utf16le')],
  ])('knows UTF-16 %s', (_form, bytes) => {
    expect(decodeText(bytes)).toEqual({ ok: false, encoding: 'UTF-16', line: 1 });
  });

  it('says in which line other bytes stand', () => {
    expect(decodeText(Buffer.from('version: 1\n# caf\u00E9\n', 'latin1'))).toEqual({
      ok: false,
      encoding: 'unknown',
      line: 2,
    });
  });
});
