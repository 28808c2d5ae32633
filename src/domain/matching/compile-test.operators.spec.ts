import { fieldHolds, listsOf } from '../../../test/support/field-holds.js';

type Row = readonly [sentence: string, form: unknown, value: unknown, expected: boolean];

const absent = Symbol('absent');
const lists = listsOf({
  words: ['bad', 'worse'],
  numbers: [40],
  patterns: ['^b.d$', '/WORSE/i'],
  addresses: ['203.0.113.0/24', '198.51.100.7', '2001:db8::/32', 'office', 5],
  ranges: ['203.0.113.0/24', '198.51.100.7'],
  odd: ['a*', '/b/', null, 200, false, 'not/a/range', '10.0.0.0/99'],
});

function holds(form: unknown, value: unknown): boolean {
  return fieldHolds('field', form, value === absent ? {} : { field: value }, lists);
}

describe('matches', () => {
  it.each<Row>([
    ['takes a bare pattern', { matches: '^b.d$' }, 'bad', true],
    ['finds a bare pattern anywhere', { matches: 'a' }, 'bad', true],
    ['is case-sensitive', { matches: 'BAD' }, 'bad', false],
    ['takes /pattern/flags', { matches: '/^B.D$/i' }, 'bad', true],
    ['takes a pattern with slashes', { matches: 'v2/users' }, '/api/v2/users', true],
    ['has * as repetition', { matches: '^ba*d$' }, 'baaad', true],
    ['takes a list', { matches: ['^x', 'd$'] }, 'bad', true],
    ['takes a list of which none holds', { matches: ['^x', '/^D/'] }, 'bad', false],
    ['takes a list by name', { matches: { inList: 'patterns' } }, 'so much worse', true],
    ['takes a list by name, none of which holds', { matches: { inList: 'patterns' } }, 'bald', false],
    ['takes a number as its text', { matches: 40 }, 'HTTP 403', true],
    ['holds for text only', { matches: '4' }, 403, false],
    ['does not hold for an object', { matches: 'object' }, {}, false],
    ['does not hold for what is missing', { matches: '' }, absent, false],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});

describe('startsWith, endsWith and contains', () => {
  it.each<Row>([
    ['startsWith takes text', { startsWith: 'ba' }, 'bad', true],
    ['startsWith is case-sensitive', { startsWith: 'BA' }, 'bad', false],
    ['startsWith looks at the start alone', { startsWith: 'ad' }, 'bad', false],
    ['startsWith takes a list', { startsWith: ['x', 'b'] }, 'bad', true],
    ['startsWith takes a list by name', { startsWith: { inList: 'words' } }, 'worse than that', true],
    ['startsWith takes a number as its text', { startsWith: 40 }, '403', true],
    ['startsWith takes a boolean as its text', { startsWith: true }, 'true enough', true],
    ['startsWith has no globs', { startsWith: 'b*' }, 'bad', false],
    ['startsWith holds for text only', { startsWith: 4 }, 403, false],
    ['endsWith takes text', { endsWith: 'ad' }, 'bad', true],
    ['endsWith is case-sensitive', { endsWith: 'AD' }, 'bad', false],
    ['endsWith looks at the end alone', { endsWith: 'ba' }, 'bad', false],
    ['endsWith takes a list', { endsWith: ['x', 'd'] }, 'bad', true],
    ['endsWith takes a list by name', { endsWith: { inList: 'words' } }, 'not bad', true],
    ['endsWith holds for text only', { endsWith: 'e' }, true, false],
    ['contains takes text', { contains: 'a' }, 'bad', true],
    ['contains is case-sensitive', { contains: 'A' }, 'bad', false],
    ['contains has no regexes', { contains: '/a/' }, 'bad', false],
    ['contains takes a list', { contains: ['x', 'a'] }, 'bad', true],
    ['contains takes a list of which none holds', { contains: ['x', 'y'] }, 'bad', false],
    ['contains takes an empty list', { contains: [] }, 'bad', false],
    ['contains takes a list by name', { contains: { inList: 'words' } }, 'so bad!', true],
    ['contains takes numbers of a list by name', { contains: { inList: 'numbers' } }, 'HTTP 403', true],
    ['contains holds for text only', { contains: 'a' }, { a: 1 }, false],
    ['contains does not hold for null', { contains: 'null' }, null, false],
    ['contains does not hold for what is missing', { contains: '' }, absent, false],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});

describe('cidr', () => {
  it.each<Row>([
    ['takes a range', { cidr: '203.0.113.0/24' }, '203.0.113.9', true],
    ['knows who is outside', { cidr: '203.0.113.0/24' }, '203.0.114.9', false],
    ['ignores host bits', { cidr: '203.0.113.77/24' }, '203.0.113.9', true],
    ['takes a plain address for a range of one', { cidr: '203.0.113.9' }, '203.0.113.9', true],
    ['takes a plain address for no more', { cidr: '203.0.113.9' }, '203.0.113.8', false],
    ['takes v6', { cidr: '2001:db8::/32' }, '2001:DB8:0::1', true],
    ['takes a plain v6 address, however written', { cidr: '2001:db8::1' }, '2001:0DB8:0:0::1', true],
    ['has v6 outside of v4', { cidr: '0.0.0.0/0' }, '2001:db8::1', false],
    ['has v4 outside of v6', { cidr: '::/0' }, '203.0.113.9', false],
    ['takes a v4-mapped address as v4', { cidr: '203.0.113.0/24' }, '::ffff:203.0.113.9', true],
    ['takes a v4-mapped range as v4', { cidr: '::ffff:203.0.113.0/120' }, '203.0.113.9', true],
    ['takes a list', { cidr: ['10.0.0.0/8', '203.0.113.0/24'] }, '203.0.113.9', true],
    ['takes a list by name', { cidr: { inList: 'ranges' } }, '203.0.113.9', true],
    ['takes plain addresses of a list by name', { cidr: { inList: 'ranges' } }, '::ffff:198.51.100.7', true],
    ['does not hold for text that is no address', { cidr: '0.0.0.0/0' }, 'localhost', false],
    ['does not hold for a range', { cidr: '0.0.0.0/0' }, '10.0.0.0/8', false],
    ['does not hold for a number', { cidr: '0.0.0.0/0' }, 1, false],
    ['does not hold for what is missing', { cidr: '0.0.0.0/0' }, absent, false],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});

describe('inList', () => {
  it.each<Row>([
    ['is equality', { inList: 'words' }, 'bad', true],
    ['is case-sensitive', { inList: 'words' }, 'Bad', false],
    ['is the whole text', { inList: 'words' }, 'badly', false],
    ['keeps kinds', { inList: 'odd' }, '200', false],
    ['takes a number', { inList: 'odd' }, 200, true],
    ['takes null', { inList: 'odd' }, null, true],
    ['takes false', { inList: 'odd' }, false, true],
    ['has no globs', { inList: 'odd' }, 'ab', false],
    ['has * as itself', { inList: 'odd' }, 'a*', true],
    ['has no regexes', { inList: 'odd' }, 'b', false],
    ['is containment where the entry is a range', { inList: 'addresses' }, '203.0.113.200', true],
    ['is containment of v4-mapped addresses', { inList: 'addresses' }, '::ffff:203.0.113.200', true],
    ['is containment where the entry is a v6 range', { inList: 'addresses' }, '2001:db8:1::1', true],
    ['is equality where the entry is a plain address', { inList: 'addresses' }, '198.51.100.7', true],
    ['is equality in spelling', { inList: 'addresses' }, '::ffff:198.51.100.7', false],
    ['takes a range for itself', { inList: 'addresses' }, '203.0.113.0/24', true],
    ['takes words beside ranges', { inList: 'addresses' }, 'office', true],
    ['takes an entry that only looks like a range for itself', { inList: 'odd' }, 'not/a/range', true],
    ['does not contain by what is no range', { inList: 'odd' }, '10.0.0.1', false],
    ['does not hold for what is missing', { inList: 'odd' }, absent, false],
    ['can be negated', { not: { inList: 'addresses' } }, '203.0.113.200', false],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});

describe('gt, gte, lt and lte', () => {
  it.each<Row>([
    ['gt compares numbers', { gt: 5 }, 6, true],
    ['gt leaves the limit out', { gt: 5 }, 5, false],
    ['gte takes the limit in', { gte: 5 }, 5, true],
    ['gte has a limit', { gte: 5 }, 4.9, false],
    ['lt compares numbers', { lt: 5 }, 4, true],
    ['lt leaves the limit out', { lt: 5 }, 5, false],
    ['lte takes the limit in', { lte: 5 }, 5, true],
    ['lte has a limit', { lte: 5 }, 5.1, false],
    ['compares a numeric text by its number', { gt: 5 }, '10', true],
    ['takes a numeric text for the limit', { lt: '10' }, 9, true],
    ['compares two numeric texts by their numbers', { gt: '9' }, '10', true],
    ['takes negative numbers', { lt: 0 }, '-1.5', true],
    ['takes exponents', { gt: 1000 }, '1e4', true],
    ['does not hold for text that is no number', { gt: 5 }, '10 times', false],
    ['does not hold for an empty text', { lt: 5 }, '', false],
    ['does not hold for white space', { lt: 5 }, ' ', false],
    ['does not hold for null', { lt: 5 }, null, false],
    ['does not hold for a boolean', { lt: 5 }, true, false],
    ['does not hold for an object', { lt: 5 }, {}, false],
    ['does not hold for an empty array', { lt: 5 }, [], false],
    ['does not hold for what is missing', { lt: 5 }, absent, false],
    ['are a range together', { gte: 5, lt: 10 }, 5, true],
    ['are a range with an end', { gte: 5, lt: 10 }, 10, false],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});

describe('exists', () => {
  it.each<Row>([
    ['true wants a value', { exists: true }, 'a', true],
    ['true takes null', { exists: true }, null, true],
    ['true takes false', { exists: true }, false, true],
    ['true takes an empty text', { exists: true }, '', true],
    ['true takes an empty array', { exists: true }, [], true],
    ['true does not hold for what is missing', { exists: true }, absent, false],
    ['false holds for what is missing', { exists: false }, absent, true],
    ['false does not hold for null', { exists: false }, null, false],
    ['false does not hold for a value', { exists: false }, 'a', false],
    ['true may stand beside another operator', { exists: true, startsWith: 'a' }, 'ab', true],
    ['true may stand beside not', { exists: true, not: 'a' }, absent, false],
    ['false may stand beside not', { exists: false, not: 'a' }, absent, true],
    ['false holds together with no operator on a value', { exists: false, startsWith: 'a' }, absent, false],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});

describe('several operators', () => {
  it.each<Row>([
    ['hold together', { startsWith: 'a', endsWith: 'c' }, 'abc', true],
    ['do not hold when the first does not', { startsWith: 'x', endsWith: 'c' }, 'abc', false],
    ['do not hold when the last does not', { startsWith: 'a', endsWith: 'x' }, 'abc', false],
    ['take not among them', { startsWith: 'a', not: { endsWith: 'c' } }, 'abc', false],
    ['take not that holds among them', { startsWith: 'a', not: { endsWith: 'c' } }, 'abd', true],
    ['do not hold for what is missing by not alone', { startsWith: 'a', not: 'b' }, absent, false],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});
