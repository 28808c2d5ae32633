import { fieldHolds, listsOf } from '../../../test/support/field-holds.js';

type Row = readonly [sentence: string, form: unknown, value: unknown, expected: boolean];

const lists = listsOf({ trusted: ['203.0.113.0/24', 'office'] });

function holds(form: unknown, value: unknown): boolean {
  return fieldHolds('field', form, { field: value }, lists);
}

describe('an array', () => {
  it.each<Row>([
    ['holds when any element equals', 'b', ['a', 'b'], true],
    ['does not hold when none does', 'c', ['a', 'b'], false],
    ['keeps the kind of its elements', 1, ['1'], false],
    ['takes null elements', null, [1, null], true],
    ['does not hold when it is empty', 'a', [], false],
    ['is not null when it is empty', null, [], false],
    ['takes a regex', '/^b/', ['a', 'bc'], true],
    ['takes a glob', 'b*', ['a', 'bc'], true],
    ['takes a list', ['x', 'b*'], ['a', 'bc'], true],
    ['takes in', { in: ['x', 'b'] }, ['a', 'b'], true],
    ['takes an object among its elements', { equals: { a: 1 } }, [{ b: 1 }, { a: 1 }], true],
    ['takes contains as a test of text', { contains: 'b' }, ['a', 'xbx'], true],
    ['does not take contains as a test of elements', { contains: 5 }, [5], false],
    ['takes startsWith', { startsWith: 'b' }, ['a', 'bc'], true],
    ['takes cidr', { cidr: '10.0.0.0/8' }, ['::1', '10.1.1.1'], true],
    ['takes inList', { inList: 'trusted' }, ['1.1.1.1', '203.0.113.1'], true],
    ['takes gt', { gt: 5 }, [1, '6'], true],
    ['exists when it is empty', { exists: true }, [], true],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});

describe('not on an array', () => {
  it.each<Row>([
    ['does not hold when any element does', { not: 'a' }, ['a', 'b'], false],
    ['holds when none does', { not: 'a' }, ['b', 'c'], true],
    ['holds when there is none', { not: 'a' }, [], true],
    ['negates inList over all elements', { not: { inList: 'trusted' } }, ['1.1.1.1', 'office'], false],
    ['negates several as one', { not: { gt: 5, lt: 7 } }, [5, 7], true],
    ['negates several that one element passes', { not: { gt: 5, lt: 7 } }, [5, 6], false],
    ['negates any', { not: { any: 'a' } }, ['b'], true],
    ['negates all', { not: { all: 'a' } }, ['a', 'b'], true],
    ['negates size', { not: { size: 2 } }, ['a'], true],
    ['twice is any element again', { not: { not: 'a' } }, ['a', 'b'], true],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});

describe('several operators on an array', () => {
  it.each<Row>([
    ['hold on one element', { gt: 5, lt: 7 }, [1, 6, 9], true],
    ['do not hold on one element each', { gt: 5, lt: 7 }, [1, 9], false],
    ['have not on that element', { startsWith: 'a', not: { endsWith: 'z' } }, ['az', 'ab'], true],
    ['have not on no other element', { startsWith: 'a', not: { endsWith: 'z' } }, ['az', 'b'], false],
    ['have equals and not on one element', { equals: 'a', not: 'b' }, ['a', 'b'], true],
    [
      'have objects on one element',
      { equals: { k: 1 }, not: { equals: { k: 2 } } },
      [{ k: 1 }, { k: 2 }],
      true,
    ],
    ['have an array within on one element', { equals: [1], not: { equals: [2] } }, [[1]], true],
    ['have size on the array', { size: 2, startsWith: 'a' }, ['a', 'b'], true],
    ['have size on the array that fails', { size: 1, startsWith: 'a' }, ['a', 'b'], false],
    ['have a negated size on the array', { not: { size: 2 }, startsWith: 'a' }, ['a', 'b'], false],
    ['have a negated size on the array that holds', { not: { size: 2 }, startsWith: 'a' }, ['a'], true],
    ['have a negated all on the array', { not: { all: '/^a/' }, startsWith: 'a' }, ['a', 'ab'], false],
    ['have not over the array beside size', { size: 2, not: 'a' }, ['a', 'b'], false],
    ['have not over the array beside exists', { exists: true, not: 'a' }, ['a', 'b'], false],
    ['have any on the array', { any: 'b', startsWith: 'a' }, ['a', 'b'], true],
    ['have all on the array', { all: '/^a/', contains: 'b' }, ['a', 'ab'], true],
    ['have all on the array that fails', { all: '/^a/', contains: 'b' }, ['c', 'ab'], false],
    ['do not hold on none', { startsWith: 'a', not: 'b' }, [], false],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });
});

describe('size', () => {
  it.each<Row>([
    ['takes a number', { size: 2 }, ['a', 'b'], true],
    ['takes no other number', { size: 2 }, ['a'], false],
    ['takes 0', { size: 0 }, [], true],
    ['takes a comparison', { size: { gt: 1 } }, ['a', 'b'], true],
    ['takes a comparison that fails', { size: { gt: 10 } }, ['a', 'b'], false],
    ['takes a range', { size: { gte: 1, lt: 3 } }, ['a', 'b'], true],
    ['takes not', { size: { not: 0 } }, [], false],
    ['is for arrays only, not for text', { size: 1 }, 'a', false],
    ['is for arrays only, not for objects', { size: { gte: 0 } }, { length: 1 }, false],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });

  it('does not hold for what is missing', () => {
    expect(fieldHolds('field', { size: 0 }, {})).toBe(false);
  });
});

describe('any and all', () => {
  it.each<Row>([
    ['any holds for one element', { any: 'a' }, ['a', 'b'], true],
    ['any does not hold for none', { any: 'a' }, ['b'], false],
    ['any does not hold on []', { any: { not: 'a' } }, [], false],
    ['any has not on each element', { any: { not: 'a' } }, ['a', 'b'], true],
    ['any is for arrays only', { any: 'a' }, 'a', false],
    ['any takes several operators', { any: { gt: 5, lt: 7 } }, [1, 6], true],
    ['any takes several operators on one element', { any: { gt: 5, lt: 7 } }, [1, 9], false],
    ['any takes a list', { any: ['x', 'b*'] }, ['a', 'bc'], true],
    ['any takes an array within by its size', { any: { size: 2 } }, [[1], [1, 2]], true],
    ['all holds for every element', { all: '/^a/' }, ['a', 'ab'], true],
    ['all does not hold but for one', { all: '/^a/' }, ['a', 'b'], false],
    ['all holds on []', { all: 'a' }, [], true],
    ['all is for arrays only', { all: 'a' }, 'a', false],
    ['all has not on each element', { all: { not: 'a' } }, ['b', 'c'], true],
    ['all takes inList', { all: { inList: 'trusted' } }, ['office', '203.0.113.1'], true],
    ['all takes inList that one fails', { all: { inList: 'trusted' } }, ['office', '1.1.1.1'], false],
    ['all and any hold together', { all: '/^a/', any: 'ab' }, ['a', 'ab'], true],
    ['all and size say that there is one', { all: 'a', size: { gt: 0 } }, [], false],
  ])('%s: %p on %p', (_, form, value, expected) => {
    expect(holds(form, value)).toBe(expected);
  });

  it.each([[{ any: 'a' }], [{ all: 'a' }]])('%p does not hold for what is missing', (form) => {
    expect(fieldHolds('field', form, {})).toBe(false);
  });
});
