import * as fc from 'fast-check';
import { listsOf } from './field-holds.js';
import type { EventData } from './match-events.js';
import type { MatchForm } from '../../src/domain/matching/match-types.js';

/** The lists that {@link arbitraryMatch} refers to. */
export const arbitraryLists = listsOf({
  mixed: ['10.0.0.0/8', 'abc', 5, null],
  words: ['a', 'ab', 5],
  nets: ['10.0.0.0/8', '2001:db8::1'],
});

const types = ['f', 'fu', 'fp', 's', 'limit_wc', 'pwd_leak'];
const texts = [
  '',
  'a',
  'ab',
  'abc',
  'A',
  'b/c',
  'a\nb',
  '5',
  '10',
  '-1.5',
  '0x10',
  '5 times',
  '10.0.0.1',
  '::ffff:10.0.0.2',
  '2001:db8::1',
];
const names = ['a', 'b', 'c'];

const scalar = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...texts) },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 5, 10, -1.5) },
  fc.constantFrom(true, false, null),
);
/** What only a hostile event holds. */
const odd = fc
  .constantFrom(
    '{"toString":1,"valueOf":2}',
    '{"__proto__":{"a":"a"}}',
    '{"length":2,"constructor":"a"}',
    '1e999',
    '"\\ud800"',
  )
  .map((json) => JSON.parse(json) as unknown);

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 5, arbitrary: scalar },
    { weight: 1, arbitrary: odd },
    { weight: 3, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 3, arbitrary: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 3 }) },
  ),
}));

/** Nested data, arrays, missing properties and values of odd kinds. */
export const arbitraryEvent: fc.Arbitrary<EventData> = fc
  .tuple(fc.constantFrom(...types), fc.record({ a: value, b: value, c: value }, { requiredKeys: [] }))
  .map(([type, data]) => ({ type, ...data }));

const pattern = fc.constantFrom('a', '^a', 'b$', '/^A/i', '/a.b/s', '^(a+)+$', '\\d');
const textOperand = (one: fc.Arbitrary<unknown>, list: string) =>
  fc.oneof(one, fc.array(one, { maxLength: 3 }), fc.constant({ inList: list }));
const plain = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.constantFrom('a*', '*b', '*', '*a*b*', '/^a/', '/B/i', '/./s') },
);
const number = fc.constantFrom(-1.5, 0, 1, 5, '5', 10);
const comparison = fc
  .record({ gt: number, gte: number, lt: number, lte: number }, { requiredKeys: [] })
  .filter((operators) => Object.keys(operators).length > 0);

const { form } = fc.letrec((tie) => ({
  form: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    { weight: 4, arbitrary: plain },
    { weight: 2, arbitrary: fc.array(plain, { maxLength: 3 }) },
    { weight: 2, arbitrary: comparison },
    {
      weight: 6,
      arbitrary: fc
        .record(
          {
            equals: value,
            in: fc.array(value, { maxLength: 3 }),
            not: tie('form'),
            matches: textOperand(pattern, 'words'),
            startsWith: textOperand(fc.constantFrom('a', 'b', 1), 'words'),
            endsWith: textOperand(fc.constantFrom('b', 'c', ''), 'words'),
            contains: textOperand(fc.constantFrom('b', '0', 'x'), 'words'),
            cidr: textOperand(fc.constantFrom('10.0.0.0/8', '::/0', '2001:db8::1'), 'nets'),
            inList: fc.constantFrom('mixed', 'words', 'nets'),
            gt: number,
            gte: number,
            lt: number,
            lte: number,
            exists: fc.boolean(),
            size: fc.oneof(fc.constantFrom(0, 1, 2), fc.record({ gt: fc.constantFrom(0, 1) })),
            any: tie('form'),
            all: tie('form'),
          },
          { requiredKeys: [] },
        )
        // While a failure is made smaller, there can be fewer than two operators left.
        .chain((all) => {
          const entries = Object.entries(all);
          return fc.shuffledSubarray(entries, { maxLength: Math.min(2, entries.length) });
        })
        .map((entries) => (entries.length === 0 ? { exists: true } : Object.fromEntries(entries))),
    },
  ),
}));

const path = fc.constantFrom(
  'a',
  'b',
  'c',
  'a.b',
  'a.0',
  'b.a',
  'c.a.b',
  'a.b.0.c',
  'type',
  'absent',
  'a.length',
  'constructor',
  '__proto__',
);
const reference = fc.record(
  { fact: fc.constantFrom('a', 'b', 'event', 'absent'), path: fc.constantFrom('$.a', '$.b[0]', '$..c') },
  { requiredKeys: ['fact'] },
);
const leaf = fc
  .tuple(
    fc.record(
      {
        fact: fc.constantFrom('a', 'b', 'c', 'event', 'type', 'absent'),
        path: fc.constantFrom(
          '$.a',
          '$.b',
          '$.a.b',
          '$.b.a',
          '$.a.b.c',
          '$.a[*].b',
          '$[0]',
          '$..a',
          "$[?search(@.a, '^a')]",
        ),
      },
      { requiredKeys: ['fact'] },
    ),
    fc.oneof(
      fc.record({
        operator: fc.constantFrom(
          'equal',
          'notEqual',
          'contains',
          'doesNotContain',
          'not:equal',
          'someFact:equal',
          'swap:contains',
        ),
        value: fc.oneof(scalar, reference),
      }),
      fc.record({
        operator: fc.constantFrom(
          'lessThan',
          'lessThanInclusive',
          'greaterThan',
          'greaterThanInclusive',
          'gt',
          'lte',
          'not:lessThan',
          'everyFact:greaterThanInclusive',
        ),
        value: fc.oneof(number, reference),
      }),
      fc.record({
        operator: fc.constantFrom('in', 'notIn', 'someValue:equals', 'everyValue:notEqual'),
        value: fc.oneof(fc.array(scalar, { maxLength: 3 }), reference),
      }),
      fc.record({ operator: fc.constantFrom('not', 'any', 'all', 'not:any'), value: form }),
      fc.record({
        operator: fc.constantFrom('startsWith', 'endsWith', 'someFact:matches', 'not:startsWith'),
        value: fc.oneof(fc.constantFrom('a', 'b', 'ab'), reference),
      }),
      fc.record({ operator: fc.constant('exists'), value: fc.boolean() }),
      fc.record({ operator: fc.constant('inList'), value: fc.constantFrom('mixed', 'words') }),
    ),
  )
  .map(([fact, rest]) => ({ ...fact, ...rest }));

const { where } = fc.letrec((tie) => ({
  where: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: fc.record({ all: fc.array(tie('where'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ any: fc.array(tie('where'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ not: tie('where') }) },
  ),
}));

const typesForm = fc.oneof(
  fc.constantFrom(...types, 'f*', '/^f/', '/U$/i', 'category:login-failure'),
  fc.array(fc.constantFrom(...types, '*', 'limit_*', '/^p/', 'category:login-success'), { maxLength: 4 }),
);

const fields = (maxKeys: number) => fc.dictionary(path, form, { maxKeys });

/** Every part of a `match`, with `except` nested to three levels. None has a fault. */
export const { match: arbitraryMatch } = fc.letrec<{ match: MatchForm }>((tie) => ({
  match: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    { weight: 1, arbitrary: fc.record({ types: typesForm, fields: fields(2) }, { requiredKeys: [] }) },
    {
      weight: 1,
      arbitrary: fc.record({ types: typesForm, fields: fields(1), where }, { requiredKeys: ['where'] }),
    },
    {
      weight: 1,
      arbitrary: fc.record(
        { types: typesForm, fields: fields(1), where, except: tie('match') },
        { requiredKeys: ['except'] },
      ),
    },
  ),
}));
