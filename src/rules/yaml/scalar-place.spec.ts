import { parseDocument, type Scalar } from 'yaml';
import { YamlSource } from './yaml-source.js';

/** Each text holds one X, which must be found where it stands. */
const scalars: [string, string][] = [
  ['plain', 'a: text X'],
  ['plain over two lines', 'a: text\n  more X'],
  ['single quotes', "a: 'it''s X'"],
  ['double quotes', String.raw`a: "a \"b\" \\ \u00e9ab\x41cd\x20\U0001F600 X"`],
  ['double quotes with line breaks', String.raw`a: "a\nb\tc X"`],
  ['double quotes over two lines', 'a: "a \\\n   b\n\n   c X"'],
  ['a literal block', 'a: |\n  one\n\n    two X\n'],
  ['a literal block with a header', 'a: |2- # why\n    one\n   two X\n'],
  ['a folded block', 'a: >-\n  one\n  two\n\n  three X\n'],
  ['a block in a list', 'a:\n  - |\n    one\n    X\n'],
];

describe('a place inside a scalar', () => {
  it.each(scalars)('is found in %s', (_case, yaml) => {
    const document = parseDocument(yaml);
    const at = yaml.includes('- |') ? ['a', 0] : ['a'];
    const value = String((document.getIn(at, true) as Scalar).value);
    const before = value.slice(0, value.indexOf('X')).split('\n');
    const within = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
    const found = new YamlSource('rules.yaml', yaml).locate({
      code: 'invalid-template',
      at,
      within,
      message: '',
      hint: '',
    });
    const lines = yaml.slice(0, yaml.indexOf('X')).split('\n');
    expect([found.line, found.column]).toEqual([lines.length, (lines.at(-1) ?? '').length + 1]);
  });
});
