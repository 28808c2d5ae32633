import * as fc from 'fast-check';
import { JsonSplitter } from './json-splitter.js';

function split(text: string, size: number): { values: unknown[]; malformed: number } {
  const splitter = new JsonSplitter();
  const bytes = Buffer.from(text);
  const values: unknown[] = [];
  for (let index = 0; index < bytes.length; index += size)
    values.push(...splitter.push(bytes.subarray(index, index + size)));
  values.push(...splitter.end());
  return { values, malformed: splitter.malformed };
}

describe('JsonSplitter', () => {
  const [a, b] = [
    { type: 'fu', n: [1, { '}': '"]' }] },
    { type: 'ü"\\', s: '\\' },
  ];

  it.each([
    ['lines', `${JSON.stringify(a)}\n${JSON.stringify(b)}\n`],
    ['lines without a last break', `${JSON.stringify(a)}\n${JSON.stringify(b)}`],
    ['lines with CRLF, blank ones among them', `\r\n${JSON.stringify(a)}\r\n\r\n${JSON.stringify(b)}\r\n`],
    ['a BOM', `\uFEFF${JSON.stringify(a)}\n${JSON.stringify(b)}`],
    ['an array', JSON.stringify([a, b])],
    ['an indented array', JSON.stringify([a, b], null, 2)],
    ['an array that a BOM begins', `\uFEFF${JSON.stringify([a, b])}`],
    ['arrays one after the other', `${JSON.stringify([a])}\n${JSON.stringify([b])}`],
    ['an array of arrays', JSON.stringify([[a], [], [b]])],
    ['indented objects one after the other', `${JSON.stringify(a, null, 2)}\n${JSON.stringify(b, null, 2)}`],
  ])('gives the values of %s', (_case, text) => {
    for (const size of [1, 2, 3, 7, 10_000])
      expect(split(text, size)).toEqual({ values: [a, b], malformed: 0 });
  });

  it.each([
    ['', { values: [], malformed: 0 }],
    [' \n ', { values: [], malformed: 0 }],
    ['{"a":1}\n{"b":\n{"c":3}\n', { values: [{ a: 1 }, { c: 3 }], malformed: 1 }],
    ['{"a":1}\n{"b":', { values: [{ a: 1 }], malformed: 1 }],
    ['[{"a":1},{"b":', { values: [{ a: 1 }], malformed: 1 }],
    ['[{"a":1},{b},{"c":3}]', { values: [{ a: 1 }, { c: 3 }], malformed: 1 }],
    ['[1,"{",null,{"a":1}]', { values: [{ a: 1 }], malformed: 0 }],
  ])('makes of %j what can be made', (text, expected) => {
    for (const size of [1, 4, 100]) expect(split(text, size)).toEqual(expected);
  });

  it('gives what JSON.parse would, for any values, in any pieces', () => {
    const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1 });
    fc.assert(
      fc.property(objects, fc.integer({ min: 1, max: 50 }), fc.constantFrom(0, 2), (values, size, indent) => {
        const expected = JSON.parse(JSON.stringify(values)) as unknown[];
        expect(split(JSON.stringify(values, null, indent), size).values).toEqual(expected);
        const lines = values.map((value) => JSON.stringify(value)).join('\n');
        expect(split(lines, size).values).toEqual(expected);
      }),
    );
  });

  it('does not gather for ever', () => {
    const splitter = new JsonSplitter();
    const piece = Buffer.alloc(16 * 1024 * 1024, 'a');
    expect(() => {
      splitter.push(Buffer.from('{"a":"b"}\n'));
      for (let pieces = 0; pieces < 5; pieces += 1) splitter.push(piece);
    }).toThrow('longer than 64 MB');
  });
});
