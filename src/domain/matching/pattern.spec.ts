import * as fc from 'fast-check';
import { compileGlob, compileRegex, isGlob, isSlashedRegex, type StringTest } from './pattern.js';

function regex(source: string): StringTest {
  const compiled = compileRegex(source);
  if (!compiled.ok) throw new Error(compiled.reason);
  return compiled.value;
}

describe('isSlashedRegex', () => {
  it.each([
    ['/a/', true],
    ['/a/i', true],
    ['/a/imsgu', true],
    ['/a/b/', true],
    ['/line\nbreak/', true],
    ['/a/x', false],
    ['//', false],
    ['/a', false],
    ['a/', false],
    [' /a/', false],
  ])('%p: %p', (text, expected) => {
    expect(isSlashedRegex(text)).toBe(expected);
  });
});

describe('compileRegex', () => {
  it.each<readonly [source: string, text: string, expected: boolean]>([
    ['a.c', 'xabcx', true],
    ['^abc$', 'xabc', false],
    ['/ABC/i', 'abc', true],
    ['/^b$/m', 'a\nb', true],
    ['/a.b/s', 'a\nb', true],
    ['/^.$/u', '😀', true],
    ['^.$', '😀', true],
    ['\\bfoo\\b', 'a foo b', true],
    ['\\d{3}', 'ab123', true],
    ['(?i)abc', 'ABC', true],
    ['(?<name>a)', 'a', true],
    ['(?P<name>a)', 'a', true],
    ['[[:upper:]]', 'a', false],
    ['\\p{Greek}', 'λ', true],
    ['a.c', 'a\uD800c', true],
    ['', 'anything', true],
  ])('%p on %p: %p', (source, text, expected) => {
    expect(regex(source)(text)).toBe(expected);
  });

  it.each([
    ['(?=a)', '(?='],
    ['(?!a)', '(?!'],
    ['(?<=a)b', '(?<'],
    ['(?<!a)b', '(?<'],
    ['/(?=a)/i', '(?='],
    ['(a)\\1', '\\1'],
    ['(a', '(a'],
    ['[a', '[a'],
    ['*', '*'],
    ['a{1001}', '{1001}'],
    ['((a{100}){100}){100}', '{100}'],
    ['(?>a)', '(?>'],
  ])('refuses %p, naming %p', (source, part) => {
    const compiled = compileRegex(source);
    expect(compiled.ok).toBe(false);
    expect(compiled.ok ? '' : compiled.reason).toContain(part);
  });

  it.each([
    ['(a+)+$', 'a'.repeat(50_000), '!'],
    ['^(a|aa)+$', 'a'.repeat(50_000), '!'],
    ['^(a|a)*$', 'a'.repeat(50_000), '!'],
    ['^(.*a){12}$', 'a'.repeat(10_000), '!'],
    ['^(\\w+\\s?)*$', 'a '.repeat(20_000), '!'],
    ['^([a-z]+)*@x$', 'a'.repeat(50_000), '@y'],
    ['(x+x+)+y', 'x'.repeat(20_000), ''],
  ])('is not stalled by %p', (source, text, ending) => {
    expect(regex(source)(text + ending)).toBe(false);
  });

  it('finds what such a pattern does hold for', () => {
    expect(regex('(a+)+$')(`!${'a'.repeat(50_000)}`)).toBe(true);
    expect(regex('^(a|aa)+$')('a'.repeat(50_000))).toBe(true);
  });
});

/** Whether the glob covers the text, by trying every run of characters for every `*`. */
function covers(glob: string, text: string): boolean {
  if (glob === '') return text === '';
  if (glob[0] !== '*') return glob[0] === text[0] && covers(glob.slice(1), text.slice(1));
  return covers(glob.slice(1), text) || (text !== '' && covers(glob, text.slice(1)));
}

describe('compileGlob', () => {
  it.each<readonly [glob: string, text: string, expected: boolean]>([
    ['*', '', true],
    ['**', '', true],
    ['a*', 'a', true],
    ['*a', 'ba', true],
    ['a*a', 'a', false],
    ['a*b*c', 'a/b\nc', true],
    ['ab*ba', 'aba', false],
    ['*ab*ba*', 'aba', false],
    ['a*b*b', 'ab', false],
    ['.*', 'a', false],
    ['$*^', '$^', true],
    ['a*', '', false],
  ])('%p on %p: %p', (glob, text, expected) => {
    expect(isGlob(glob)).toBe(true);
    expect(compileGlob(glob)(text)).toBe(expected);
  });

  it('agrees with a naive reference', () => {
    const letters = fc.constantFrom('a', 'b', '\n', '/');
    const glob = fc
      .array(fc.oneof(letters, fc.constant('*')), { maxLength: 7 })
      .map((all) => `${all.join('')}*`);
    const text = fc.array(letters, { maxLength: 9 }).map((all) => all.join(''));
    let covered = 0;
    fc.assert(
      fc.property(glob, text, fc.boolean(), (pieces, subject, mirrored) => {
        const form = mirrored ? [...pieces].toReversed().join('') : pieces;
        const expected = covers(form, subject);
        if (expected) covered += 1;
        expect(compileGlob(form)(subject)).toBe(expected);
      }),
      { numRuns: 3000 },
    );
    expect(covered).toBeGreaterThan(100);
  });

  it('is not stalled by many wildcards', () => {
    const glob = `${'*a'.repeat(500)}*b`;
    expect(compileGlob(glob)('a'.repeat(50_000))).toBe(false);
    expect(compileGlob(glob)(`${'a'.repeat(50_000)}b`)).toBe(true);
  });
});
