import * as fc from 'fast-check';
import { storable } from './text.js';

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
