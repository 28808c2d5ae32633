import * as fc from 'fast-check';
import { oneSpelling, storable } from './text.js';

describe('oneSpelling', () => {
  it.each([
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['2001:db8::0:1', '2001:db8::1'],
    ['::FFFF:203.0.113.9', '203.0.113.9'],
    ['::ffff:cb00:7109', '203.0.113.9'],
    ['0:0:0:0:0:ffff:203.0.113.9', '203.0.113.9'],
    ['203.0.113.9', '203.0.113.9'],
    ['Ann@Example.COM', 'ann@example.com'],
    ['Ann+Tag@mail.Example.com', 'ann+tag@mail.example.com'],
    ['JÖRG@EXAMPLE.COM', 'jörg@example.com'],
  ])('spells the address %s as %s', (written, spelt) => {
    expect(oneSpelling(written)).toBe(spelt);
  });

  it.each([
    'auth0|5F7C8EC7C33C6C004BBAFE82',
    'auth0|Ann@example.com',
    'ad|Corp@x.example|Ann',
    'Ann',
    'Ann@localhost',
    'Ann <Ann@example.com>',
    ' Ann@example.com',
    '@Ann.example',
    '10.1',
    '0x7F000001',
    '203.0.113.0/24',
    'AA:BB:CC',
    `${'A'.repeat(400)}@example.com`,
  ])('leaves %s as it is', (text) => {
    expect(oneSpelling(text)).toBe(text);
  });

  it('spells every way to write an IPv6 address the same', () => {
    const groups = fc.array(fc.constantFrom(0, 0, 0, 1, 0xab, 0xffff), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, fc.boolean(), fc.boolean(), (parts, upper, padded) => {
        const plain = parts.map((part) => part.toString(16)).join(':');
        const written = padded ? parts.map((part) => part.toString(16).padStart(4, '0')).join(':') : plain;
        const compressed = plain.replace(/(^|:)0(:0)*(:|$)/, '::');
        const spelt = oneSpelling(plain);
        expect(oneSpelling(upper ? written.toUpperCase() : written)).toBe(spelt);
        expect(oneSpelling(compressed)).toBe(spelt);
        expect(oneSpelling(spelt)).toBe(spelt);
      }),
    );
  });

  it('says the same of what it has spelt, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.emailAddress(), fc.ipV4(), fc.ipV6()), (text) => {
        expect(oneSpelling(oneSpelling(text))).toBe(oneSpelling(text));
      }),
    );
  });

  it('gives e-mail addresses one spelling, whatever the case of their letters', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        fc.pre(!address.includes('|'));
        expect(oneSpelling(address.toUpperCase())).toBe(oneSpelling(address.toLowerCase()));
      }),
    );
  });
});

describe('storable', () => {
  it.each([
    ['plain text', 'plain text'],
    ['line\nbreak\ttab\u0007', 'line\nbreak\ttab\u0007'],
    ['😀 ñ 漢', '😀 ñ 漢'],
    ['a\0b\0', 'a\uFFFDb\uFFFD'],
    ['a\uD800b', 'a\uFFFDb'],
    ['a\uDC00b', 'a\uFFFDb'],
    ['\uDE00\uD83D', '\uFFFD\uFFFD'],
    ['cut \uD83D', 'cut \uFFFD'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(storable(text)).toBe(expected);
  });

  it('gives text that survives UTF-8 and keeps its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }), (text) => {
        const kept = storable(text);
        expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(kept))).toBe(
          kept,
        );
        expect(kept).not.toContain('\0');
        expect(kept).toHaveLength(text.length);
        expect(storable(kept)).toBe(kept);
      }),
    );
  });
});
