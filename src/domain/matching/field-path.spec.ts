import { fieldHolds } from '../../../test/support/field-holds.js';
import { absent, resolvePath, splitPath } from './field-path.js';

function resolve(data: unknown, path: string): unknown {
  return resolvePath(data, splitPath(path));
}

const event = {
  type: 'fu',
  'dotted.name': 1,
  details: {
    nothing: null,
    text: 'abc',
    users: [
      { name: 'a', roles: ['x', 'y'] },
      { name: 'b', roles: [] },
      { other: 1, roles: ['z'] },
    ],
    grid: [[{ v: 1 }, { v: 2 }], [[{ v: 3 }]], { v: 4 }],
    empty: [],
    bare: [{ roles: [] }],
  },
};

describe('resolvePath', () => {
  it.each<readonly [string, unknown]>([
    ['type', 'fu'],
    ['details.text', 'abc'],
    ['details.nothing', null],
    ['details.empty', []],
    ['details.users.0.name', 'a'],
    ['details.users.1.name', 'b'],
    ['details.users.name', ['a', 'b']],
    ['details.users.roles', ['x', 'y', 'z']],
    ['details.users.0.roles.1', 'y'],
    ['details.users.roles.0', ['x', 'z']],
    ['details.users.other', [1]],
    ['details.grid.v', [1, 2, 3, 4]],
    ['details.grid.0.v', [1, 2]],
    ['details.grid.0.1.v', 2],
    ['details.bare.roles', []],
  ])('%s leads to %p', (path, value) => {
    expect(resolve(event, path)).toEqual(value);
  });

  it.each([
    'absent',
    'details.absent',
    'details.absent.deeper',
    'details.nothing.deeper',
    'details.text.deeper',
    'details.users.9',
    'details.users.9.name',
    'details.users.01.name',
    'details.users.absent',
    'details.empty.name',
    'details.empty.0',
    'dotted.name',
    '',
    'details.',
    'details..text',
  ])('%p leads nowhere', (path) => {
    expect(resolve(event, path)).toBe(absent);
  });

  it.each([
    'constructor',
    'constructor.name',
    '__proto__',
    '__proto__.toString',
    'toString',
    'hasOwnProperty',
    'details.constructor',
    'details.text.length',
    'details.text.0',
    'details.users.length',
    'details.users.constructor',
    'details.users.map',
  ])('%s, which no event has of its own, leads nowhere', (path) => {
    expect(resolve(event, path)).toBe(absent);
  });

  it.each([
    ['{"constructor": 1}', 'constructor', 1],
    ['{"__proto__": {"a": 2}}', '__proto__.a', 2],
    ['{"a": {"length": 3}}', 'a.length', 3],
  ])('takes what an event does have of its own: %s', (json, path, value) => {
    expect(resolve(JSON.parse(json), path)).toBe(value);
  });

  it('is not stalled or overthrown by deep nesting', () => {
    const depth = 100_000;
    const deep: unknown = JSON.parse(`${'['.repeat(depth)}{"a":1}${']'.repeat(depth)}`);
    expect(resolve({ deep }, 'deep.a')).toEqual([1]);
  });

  it('is not overthrown by long arrays', () => {
    const long = Array.from({ length: 300_000 }, (_, index) => index);
    expect(resolve({ items: [{ long }, { long }] }, 'items.long')).toHaveLength(600_000);
  });
});

describe('a test at the end of a path', () => {
  it.each<readonly [sentence: string, path: string, form: unknown, expected: boolean]>([
    ['goes through an array of objects', 'details.users.name', 'b', true],
    ['goes through an array of arrays of objects', 'details.users.roles', 'z', true],
    ['takes an index', 'details.users.0.name', 'b', false],
    ['negates over all elements', 'details.users.name', { not: 'b' }, false],
    ['counts what it found', 'details.users.roles', { size: 3 }, true],
    ['holds for all on [] at its end', 'details.bare.roles', { all: 'x' }, true],
    ['finds [] present', 'details.bare.roles', { exists: true }, true],
    ['finds no element missing', 'details.empty.name', { exists: false }, true],
    ['finds a absent property of all elements missing', 'details.users.absent', { exists: false }, true],
    ['finds null present', 'details.nothing', { exists: true }, true],
    ['finds nothing below null', 'details.nothing.deeper', { exists: false }, true],
    ['holds for what is absent under not', 'details.absent', { not: '*' }, true],
    ['holds for what is absent by nothing else', 'details.absent', { all: '*' }, false],
    ['does not reach a name with a dot', 'dotted.name', 1, false],
    ['does not see inherited properties', 'details.users.length', { exists: true }, false],
  ])('%s: %s %p', (_, path, form, expected) => {
    expect(fieldHolds(path, form, event)).toBe(expected);
  });
});
