import { fieldHolds } from '../../../test/support/field-holds.js';

type Row = readonly [sentence: string, form: unknown, value: unknown, expected: boolean];

const absent = Symbol('absent');

/** Whether the form holds for a field with that value, or for an event without the field. */
function holds(form: unknown, value: unknown): boolean {
  return fieldHolds('field', form, value === absent ? {} : { field: value });
}

describe('a scalar', () => {
  it.each<Row>([
    ['equals the same text', 'fu', 'fu', true],
    ['is case-sensitive', 'fu', 'FU', false],
    ['is the whole text', 'fu', 'fuu', false],
    ['keeps white space', 'fu', 'fu ', false],
    ['compares an empty text', '', '', true],
    ['distinguishes an empty text from a missing one', '', absent, false],
    ['distinguishes an empty text from null', '', null, false],
    ['equals the same number', 200, 200, true],
    ['does not take text for a number', 200, '200', false],
    ['does not take a number for text', '200', 200, false],
    ['equals the same fraction', 0.5, 0.5, true],
    ['equals false', false, false, true],
    ['distinguishes false from missing', false, absent, false],
    ['distinguishes false from null', false, null, false],
    ['distinguishes false from 0', false, 0, false],
    ['distinguishes false from its name', false, 'false', false],
    ['distinguishes 0 from false', 0, false, false],
    ['distinguishes true from 1', true, 1, false],
    ['distinguishes true from its name', 'true', true, false],
    ['takes null for a present value', null, null, true],
    ['distinguishes null from missing', null, absent, false],
    ['distinguishes null from its name', null, 'null', false],
    ['distinguishes null from an empty object', null, {}, false],
    ['does not take an object for its text', '[object Object]', {}, false],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});

describe('a text as /regex/flags', () => {
  it.each<Row>([
    ['is found anywhere', '/bad/', 'a bad thing', true],
    ['is case-sensitive', '/bad/', 'BAD', false],
    ['takes i', '/bad/i', 'BAD', true],
    ['is anchored where it says so', '/^f/', 'sf', false],
    ['does not cross lines by a dot', '/a.b/', 'a\nb', false],
    ['takes s', '/a.b/s', 'a\nb', true],
    ['anchors at the text alone', '/^b$/', 'a\nb\nc', false],
    ['takes m', '/^b$/m', 'a\nb\nc', true],
    ['takes u and g, which change nothing', '/^.$/gu', '😀', true],
    ['takes several flags', '/^B.c$/ims', 'a\nb\nc', true],
    ['may contain slashes', '/a/b/', 'xa/bx', true],
    ['holds for text only', '/2/', 200, false],
    ['does not hold for null', '/null/', null, false],
    ['does not hold for what is missing', '/.*/', absent, false],
    ['is plain text without the closing slash', '/oauth', '/oauth', true],
    ['is plain text with flags that are none', '/oauth/token', '/oauth/token', true],
    ['is plain text as two slashes', '//', '//', true],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});

describe('a text as a glob', () => {
  it.each<Row>([
    ['covers the whole text', 'limit_*', 'limit_wc', true],
    ['covers nothing', 'limit_*', 'limit_', true],
    ['is anchored at the start', 'limit_*', 'a limit_wc', false],
    ['is anchored at the end', '*_wc', 'limit_wc2', false],
    ['is case-sensitive', 'limit_*', 'LIMIT_WC', false],
    ['crosses slashes', '/api/*/users', '/api/v2/deep/users', true],
    ['crosses line breaks', 'a*c', 'a\nb\r\nc', true],
    ['takes every * in turn', '*a*b*', 'xaxbx', true],
    ['takes every * in order', '*a*b*', 'xbxax', false],
    ['does not let the ends overlap', 'ab*ba', 'aba', false],
    ['has ? as itself', 'a?c*', 'abc', false],
    ['has brackets as themselves', '[ab]*', '[ab]c', true],
    ['has a dot as itself', 'a.c*', 'abc', false],
    ['* holds for every text', '*', '', true],
    ['holds for text only', '*', 5, false],
    ['does not hold for null', '*', null, false],
    ['does not hold for what is missing', '*', absent, false],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});

describe('a list', () => {
  it.each<Row>([
    ['holds by its first entry', ['a', 'b'], 'a', true],
    ['holds by its last entry', ['a', 'b'], 'b', true],
    ['does not hold by none', ['a', 'b'], 'c', false],
    ['keeps each entry its kind', ['200', false, null], 200, false],
    ['takes null', ['a', null], null, true],
    ['takes a regex', ['a', '/^b/i'], 'Bcd', true],
    ['takes a glob', ['a', 'b*'], 'bcd', true],
    ['never holds when it is empty', [], 'a', false],
    ['does not hold for what is missing', ['a', null, '*', '/.*/'], absent, false],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});

describe('equals and in', () => {
  it.each<Row>([
    ['equals has * as itself', { equals: 'a*' }, 'a*', true],
    ['equals has no globs', { equals: 'a*' }, 'ab', false],
    ['equals has slashes as themselves', { equals: '/a/' }, '/a/', true],
    ['equals has no regexes', { equals: '/a/' }, 'a', false],
    ['equals keeps kinds', { equals: 200 }, '200', false],
    ['equals takes null', { equals: null }, null, true],
    ['equals does not hold for what is missing', { equals: null }, absent, false],
    ['equals takes an object, in any order', { equals: { a: 1, b: [2] } }, { b: [2], a: 1 }, true],
    ['equals wants no property more', { equals: { a: 1 } }, { a: 1, b: 2 }, false],
    ['equals wants no property less', { equals: { a: 1, b: 2 } }, { a: 1 }, false],
    ['equals keeps kinds inside', { equals: { a: 1 } }, { a: '1' }, false],
    ['equals does not see inherited properties', { equals: { toString: 1 } }, { a: 1 }, false],
    ['equals takes a whole array', { equals: [1, 2] }, [1, 2], true],
    ['equals keeps an array in order', { equals: [1, 2] }, [2, 1], false],
    ['equals wants the array whole', { equals: [1, 2] }, [1, 2, 3], false],
    ['equals takes an array within an array', { equals: [1, 2] }, [[1, 2], 3], true],
    ['equals takes an empty array', { equals: [] }, [], true],
    ['equals of an array is not missing', { equals: [] }, absent, false],
    ['in holds by any entry', { in: ['a', 'b'] }, 'b', true],
    ['in has no globs', { in: ['a*'] }, 'ab', false],
    ['in has * as itself', { in: ['a*'] }, 'a*', true],
    ['in has no regexes', { in: ['/a/'] }, 'a', false],
    ['in keeps kinds', { in: ['200', 0] }, 200, false],
    ['in takes null', { in: [null] }, null, true],
    ['in does not hold for what is missing', { in: [null, ''] }, absent, false],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});

describe('not', () => {
  it.each<Row>([
    ['negates a scalar', { not: 'a' }, 'b', true],
    ['negates a scalar that holds', { not: 'a' }, 'a', false],
    ['negates null', { not: null }, null, false],
    ['negates a kind', { not: 200 }, '200', true],
    ['negates a regex', { not: '/^a/' }, 'ab', false],
    ['negates a glob', { not: 'a*' }, 'ba', true],
    ['negates a list', { not: ['a', 'b*'] }, 'bc', false],
    ['negates a list that does not hold', { not: ['a', 'b*'] }, 'c', true],
    ['negates an operator', { not: { startsWith: 'a' } }, 'ab', false],
    ['negates an operator of another kind', { not: { startsWith: 'a' } }, 5, true],
    ['negates several operators as one', { not: { startsWith: 'a', endsWith: 'b' } }, 'ac', true],
    ['negates several operators that hold', { not: { startsWith: 'a', endsWith: 'b' } }, 'ab', false],
    ['negates itself', { not: { not: 'a' } }, 'a', true],
    ['negates an equality', { not: { equals: 'a*' } }, 'ab', true],
    ['holds for what is missing', { not: 'a' }, absent, true],
    ['holds for a missing operand of any operator', { not: { gt: 5 } }, absent, true],
    ['twice does not hold for what is missing', { not: { not: 'a' } }, absent, false],
    ['negates exists', { not: { exists: true } }, absent, true],
    ['negates exists: false', { not: { exists: false } }, absent, false],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});
