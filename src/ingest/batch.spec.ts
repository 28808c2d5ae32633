import * as fc from 'fast-check';
import { parseBatch } from './batch.js';

const f = { log_id: '1', data: { type: 'f', description: 'line\nbreak [1]' } };
const fp = { type: 'fp', log_id: '2' };

function elements(text: string): unknown[] {
  const batch = parseBatch(text);
  if (batch.kind !== 'elements') {
    throw new Error(batch.message);
  }
  return batch.elements;
}

describe('parseBatch', () => {
  const lines = `${JSON.stringify(f)}\n${JSON.stringify(fp)}`;

  it.each([
    ['a JSON array', JSON.stringify([f, fp]), [f, fp]],
    ['a pretty-printed array', JSON.stringify([f, fp], null, 2), [f, fp]],
    ['an empty array', '[]', []],
    ['one entry', JSON.stringify(f), [f]],
    ['one bare event', JSON.stringify(fp), [fp]],
    ['one pretty-printed object', JSON.stringify(f, null, 2), [f]],
    ['an object that is no event', '{}', [{}]],
    ['logs', JSON.stringify({ logs: [f, fp] }), [f, fp]],
    ['no logs', '{"logs":[]}', []],
    ['logs that are no array', '{"logs":{"type":"f"}}', [{ logs: { type: 'f' } }]],
    ['logs beside data that is no event', JSON.stringify({ data: {}, logs: [fp] }), [fp]],
    ['an array with elements that are no events', '[null, 7, "x", []]', [null, 7, 'x', []]],
    ['JSON Lines', lines, [f, fp]],
    ['JSON Lines that end in a line break', `${lines}\n`, [f, fp]],
    ['JSON Lines with \\r\\n', `${lines.replace('\n', '\r\n')}\r\n`, [f, fp]],
    ['JSON Lines with blank lines', `\n\n${lines.replace('\n', '\n \t\n\r\n')}`, [f, fp]],
    ['one JSON line', `${JSON.stringify(f)}\n`, [f]],
    ['JSON Lines of logs and arrays', `${JSON.stringify({ logs: [f] })}\n${JSON.stringify([fp])}`, [f, fp]],
    ['an array with a byte order mark', `\uFEFF${JSON.stringify([f])}`, [f]],
    ['JSON Lines with a byte order mark', `\uFEFF${lines}`, [f, fp]],
    ['a broken line', `${JSON.stringify(f)}\n{"type":"f",\n${JSON.stringify(fp)}`, [f, undefined, fp]],
    ['a broken first line', `{"type":"f"\n${JSON.stringify(fp)}`, [undefined, fp]],
    ['a line of words', `# comment\n${JSON.stringify(fp)}`, [undefined, fp]],
    ['lines that are scalars', `null\n7\n${JSON.stringify(fp)}`, [undefined, undefined, fp]],
    ['a cut last line', `${lines}\n{"ty`, [f, fp, undefined]],
  ])('reads %s', (_name, text, expected) => {
    expect(elements(text)).toEqual(expected);
  });

  it('takes both where an event carries logs', () => {
    expect(elements(JSON.stringify({ ...fp, logs: [f] }))).toEqual([{ ...fp, logs: [f] }, f]);
    expect(elements(JSON.stringify({ ...f, logs: [fp] }))).toEqual([{ ...f, logs: [fp] }, fp]);
  });

  it.each([
    ['nothing', '', 'no-batch', 'The body is empty.'],
    ['blanks', ' \r\n\t\n', 'no-batch', 'The body is empty.'],
    ['a byte order mark', '\uFEFF', 'no-batch', 'The body is empty.'],
    ['null', 'null', 'no-batch', 'The body is null, which holds no events.'],
    ['a number', '7', 'no-batch', 'The body is a number, which holds no events.'],
    ['a string', '"f"', 'no-batch', 'The body is a string, which holds no events.'],
    ['a boolean', 'true', 'no-batch', 'The body is a boolean, which holds no events.'],
    ['words', 'hello', 'not-json', 'The body is not JSON: a h is not allowed there.'],
    ['a form', 'log_id=1&type=f', 'not-json', 'The body is not JSON: a l is not allowed there.'],
    ['a character that has no place in a message', '\u202E', 'not-json', 'The body is not JSON.'],
    ['a cut object', '{"type":"f"', 'not-json', 'reading stopped at line 1, column 12.'],
    ['a cut value', '{"type":', 'not-json', 'reading stopped at line 1, column 9.'],
    ['a missing comma', '[\n  {"a": 1}\n  {"b": 2}\n]', 'not-json', 'reading stopped at line 3, column 3.'],
    ['lines of scalars', '1\n2', 'not-json', 'reading stopped at line 2, column 1.'],
    ['lines of words', 'a\nb', 'not-json', 'The body is not JSON'],
    ['two objects on a line', '{}{}', 'not-json', 'reading stopped at line 1, column 3.'],
    ['an array cut short', '[\n{"type":"f"},\n{"type":"fp"}\n', 'not-json', 'reading stopped at line'],
    [
      'an array that opens with an event and is cut short',
      '[{"type":"f"},\n{"type":"fp"}',
      'not-json',
      'reading stopped at',
    ],
    ['logs cut short', '{"logs": [\n{"type":"f"},\n{"type":"fp"}\n', 'not-json', 'reading stopped at line'],
    [
      'spread logs cut short',
      '{\n"logs": [\n{"type":"f"},\n{"type":"fp"}',
      'not-json',
      'reading stopped at line',
    ],
  ])('cannot read %s', (_name, text, code, message) => {
    const batch = parseBatch(text);
    expect(batch).toMatchObject({ kind: 'unreadable', code });
    expect(batch.kind === 'unreadable' && batch.message).toContain(message);
    expect(batch.kind === 'unreadable' && batch.message).toMatch(
      / Send a JSON array of events, one event as .*$/,
    );
  });

  it('throws on no text, and reads back every array and every JSON Lines', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        (text, objects) => {
          parseBatch(text);
          const written = objects
            .filter((object) => !('logs' in object))
            .map((object) => JSON.stringify(object));
          const read = written.map((object) => JSON.parse(object) as unknown);
          expect(elements(`[${written.join(',')}]`)).toEqual(read);
          fc.pre(read.length > 0);
          expect(elements(written.join('\r\n'))).toEqual(read);
        },
      ),
    );
  });
});
