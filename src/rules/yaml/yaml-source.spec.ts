import type { Fault, Place } from '../problem.js';
import { YamlSource } from './yaml-source.js';

const text = `# The head.
version: 1
base: &base
  match: { types: [f, fp] }
rules:
  - <<: *base
    id: one
    channels: &channels [a, b]
  - id: two
    channels: *channels
    empty:
  - { id: three, <<: [{ x: 1 }, *base] }
`;
const source = new YamlSource('rules.yaml', text);

function placeOf(at: Place, target: Fault['target']): string {
  const { line, column } = source.locate({ code: 'invalid-value', at, target, message: '', hint: '' });
  return `${line}:${column}`;
}

describe('YamlSource', () => {
  it.each<[string, Place, string, string]>([
    ['the document', [], '2:1', '2:1'],
    ['a value on the line of its key', ['version'], '2:10', '2:1'],
    ['a block below its key', ['rules'], '5:1', '5:1'],
    ['an entry of a list', ['rules', 1], '9:5', '9:5'],
    ['a value in an entry', ['rules', 1, 'id'], '9:9', '9:5'],
    ['an entry of a list in brackets', ['rules', 0, 'channels', 1], '8:29', '8:29'],
    ['an alias', ['rules', 1, 'channels'], '10:15', '10:5'],
    ['below an alias', ['rules', 1, 'channels', 1], '8:29', '8:29'],
    ['what << merges in', ['rules', 0, 'match', 'types', 1], '4:23', '4:23'],
    ['what one of several << merges in', ['rules', 2, 'match'], '4:10', '4:3'],
    ['a key with nothing behind it', ['rules', 1, 'empty'], '11:5', '11:5'],
    ['the nearest thing around what is not there', ['rules', 1, 'absent', 3], '9:5', '9:5'],
    ['the list around an index that is not there', ['rules', 7], '5:1', '5:1'],
  ])('finds %s', (_case, at, value, key) => {
    expect([placeOf(at, 'value'), placeOf(at, 'key')]).toEqual([value, key]);
  });

  it.each<[boolean, Place]>([
    [true, []],
    [true, ['rules', 0, 'match', 'types', 1]],
    [true, ['rules', 1, 'empty']],
    [false, ['rules', 1, 'match']],
    [false, ['rules', 3]],
    [false, ['version', 'x']],
  ])('says %s whether it has %j', (expected, at) => {
    expect(source.has(at)).toBe(expected);
  });

  it('gives plain values', () => {
    expect(source.value).toMatchObject({
      rules: [{ id: 'one', match: { types: ['f', 'fp'] } }, {}, { x: 1 }],
    });
    expect(source.complete).toBe(true);
  });

  it.each([
    ['no YAML', 'a: [', false, true],
    ['a lost section', 'a: 1\na: 2', false, false],
    ['a lost key inside', 'a: { b: 1, b: 2 }', true, false],
  ])('knows what %s leaves unsaid', (_case, yaml, complete, unreadable) => {
    const faulty = new YamlSource('rules.yaml', yaml);
    expect(faulty.syntaxProblems).toHaveLength(1);
    expect([faulty.complete, faulty.value === undefined]).toEqual([complete, unreadable]);
  });

  it('is not stalled by aliases of aliases', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level++) {
      lines.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ')}]`);
    }
    expect(new YamlSource('rules.yaml', lines.join('\n')).syntaxProblems).toMatchObject([
      { code: 'invalid-yaml', line: 1, column: 1 },
    ]);
  });
});
