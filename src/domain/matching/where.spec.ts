import { listsOf } from '../../../test/support/field-holds.js';
import { matches, matchFaults, type EventData } from '../../../test/support/match-events.js';

const lists = listsOf({ trusted: ['203.0.113.0/24'], words: ['bad'] });
const event: EventData = {
  type: 'fu',
  ip: '203.0.113.9',
  user_name: 'mallory',
  tries: 3,
  'dotted.name': 'reached',
  event: 'a property of that name',
  scopes: ['read:users', 'update:users'],
  limits: [1, 3, 5],
  details: {
    error: { message: 'x marks it' },
    users: [{ name: 'mallory', age: 40 }, { name: 'bob' }],
    nothing: null,
  },
};

type Row = readonly [sentence: string, where: unknown, expected: boolean];
const yes = { fact: 'ip', operator: 'equal', value: '203.0.113.9' };
const no = { fact: 'ip', operator: 'equal', value: '1.1.1.1' };

function held(rows: readonly Row[]): void {
  it.each<Row>([...rows])('%s', async (_, where, expected) => {
    expect(await matches({ where }, event, lists)).toBe(expected);
  });
}

describe('the conditions of where', () => {
  held([
    ['may be one bare condition', yes, true],
    ['may be one bare condition that fails', no, false],
    ['all wants every one', { all: [yes, yes] }, true],
    ['all fails by one', { all: [yes, no] }, false],
    ['all of one', { all: [no] }, false],
    ['all of none holds', { all: [] }, true],
    ['any wants one', { any: [no, yes] }, true],
    ['any fails by none', { any: [no, no] }, false],
    ['not negates', { not: no }, true],
    ['not negates what holds', { not: yes }, false],
    ['nest freely', { any: [no, { all: [yes, { not: { any: [no, { not: yes }] } }] }] }, true],
    ['nest freely and fail', { all: [yes, { any: [no, { not: { all: [yes, yes] } }] }] }, false],
    ['take names and priorities', { all: [{ ...yes, name: 'a', priority: 5 }, yes], name: 'b' }, true],
  ]);
});

describe('facts and paths', () => {
  held([
    ['a top-level property is a fact', { fact: 'tries', operator: 'equal', value: 3 }, true],
    [
      'event is all of the data',
      { fact: 'event', path: '$.user_name', operator: 'equal', value: 'mallory' },
      true,
    ],
    [
      'a path goes down',
      { fact: 'details', path: '$.error.message', operator: 'equal', value: 'x marks it' },
      true,
    ],
    [
      'a path takes an index',
      { fact: 'details', path: '$.users[1].name', operator: 'equal', value: 'bob' },
      true,
    ],
    [
      'a path through all gives an array',
      { fact: 'details', path: '$.users[*].name', operator: 'contains', value: 'bob' },
      true,
    ],
    [
      'a path takes a filter',
      { fact: 'details', path: '$.users[?(@.age > 30)].name', operator: 'contains', value: 'mallory' },
      true,
    ],
    ['a name with a dot is a fact', { fact: 'dotted.name', operator: 'equal', value: 'reached' }, true],
    [
      'a name with a dot is reached by a path',
      { fact: 'event', path: "$['dotted.name']", operator: 'equal', value: 'reached' },
      true,
    ],
    ['an unknown fact equals nothing', { fact: 'absent', operator: 'equal', value: null }, false],
    ['an unknown fact is not equal', { fact: 'absent', operator: 'notEqual', value: 1 }, true],
    ['an unknown fact does not exist', { fact: 'absent', operator: 'exists', value: false }, true],
    [
      'a path to nowhere does not exist',
      { fact: 'details', path: '$.x.y', operator: 'exists', value: false },
      true,
    ],
    ['a path to null exists', { fact: 'details', path: '$.nothing', operator: 'exists', value: true }, true],
    ['prototype properties are no facts', { fact: 'constructor', operator: 'exists', value: true }, false],
    ['nor is __proto__', { fact: '__proto__', operator: 'exists', value: true }, false],
    [
      'a value may be a fact',
      { fact: 'event', path: '$.user_name', operator: 'equal', value: { fact: 'user_name' } },
      true,
    ],
    [
      'a value may be a fact and a path',
      { fact: 'user_name', operator: 'equal', value: { fact: 'details', path: '$.users[0].name' } },
      true,
    ],
    [
      'a value may be a fact for our operators',
      { fact: 'user_name', operator: 'startsWith', value: { fact: 'details', path: '$.users[0].name' } },
      true,
    ],
    [
      'a value may be a fact that is missing',
      { fact: 'user_name', operator: 'startsWith', value: { fact: 'absent' } },
      false,
    ],
  ]);
});

describe('the documented operators', () => {
  held([
    ['equal keeps kinds', { fact: 'tries', operator: 'equal', value: '3' }, false],
    ['notEqual', { fact: 'tries', operator: 'notEqual', value: '3' }, true],
    ['in', { fact: 'tries', operator: 'in', value: [1, 3] }, true],
    ['in fails', { fact: 'tries', operator: 'in', value: ['3'] }, false],
    ['notIn', { fact: 'tries', operator: 'notIn', value: [1, 2] }, true],
    ['notIn fails', { fact: 'tries', operator: 'notIn', value: [3] }, false],
    [
      'contains is an element of an array',
      { fact: 'scopes', operator: 'contains', value: 'read:users' },
      true,
    ],
    ['contains is a whole element', { fact: 'scopes', operator: 'contains', value: 'read' }, false],
    ['contains keeps the kind of an element', { fact: 'limits', operator: 'contains', value: '3' }, false],
    ['contains is a substring of a text', { fact: 'user_name', operator: 'contains', value: 'llo' }, true],
    ['contains is case-sensitive', { fact: 'user_name', operator: 'contains', value: 'LLO' }, false],
    ['contains fails on a number', { fact: 'tries', operator: 'contains', value: 3 }, false],
    ['doesNotContain on an array', { fact: 'scopes', operator: 'doesNotContain', value: 'read' }, true],
    ['doesNotContain fails on an array', { fact: 'limits', operator: 'doesNotContain', value: 5 }, false],
    ['doesNotContain on a text', { fact: 'user_name', operator: 'doesNotContain', value: 'llo' }, false],
    ['doesNotContain fails on a number', { fact: 'tries', operator: 'doesNotContain', value: 4 }, false],
    ['lessThan', { fact: 'tries', operator: 'lessThan', value: 4 }, true],
    ['lessThan leaves the limit out', { fact: 'tries', operator: 'lessThan', value: 3 }, false],
    ['lessThanInclusive', { fact: 'tries', operator: 'lessThanInclusive', value: 3 }, true],
    ['greaterThan', { fact: 'tries', operator: 'greaterThan', value: 2 }, true],
    ['greaterThan leaves the limit out', { fact: 'tries', operator: 'greaterThan', value: 3 }, false],
    ['greaterThanInclusive', { fact: 'tries', operator: 'greaterThanInclusive', value: 3 }, true],
    ['greaterThan fails on text', { fact: 'user_name', operator: 'greaterThan', value: 0 }, false],
    ['lessThan fails on what is missing', { fact: 'absent', operator: 'lessThan', value: 5 }, false],
  ]);
});

describe('our operators in where', () => {
  held([
    ['equals', { fact: 'tries', operator: 'equals', value: 3 }, true],
    ['equals on an array', { fact: 'limits', operator: 'equals', value: 3 }, true],
    ['not', { fact: 'tries', operator: 'not', value: [1, 2] }, true],
    ['not with an operator', { fact: 'ip', operator: 'not', value: { inList: 'trusted' } }, false],
    ['not on what is missing', { fact: 'absent', operator: 'not', value: 1 }, true],
    ['matches', { fact: 'user_name', operator: 'matches', value: '^mal' }, true],
    ['matches with flags', { fact: 'user_name', operator: 'matches', value: '/^MAL/i' }, true],
    ['matches on an array', { fact: 'scopes', operator: 'matches', value: ['^x', '^update'] }, true],
    ['startsWith', { fact: 'user_name', operator: 'startsWith', value: ['x', 'mal'] }, true],
    ['endsWith', { fact: 'user_name', operator: 'endsWith', value: 'ory' }, true],
    ['endsWith on an array', { fact: 'scopes', operator: 'endsWith', value: ':users' }, true],
    [
      'contains with a list by name',
      { fact: 'user_name', operator: 'contains', value: { inList: 'words' } },
      false,
    ],
    ['cidr', { fact: 'ip', operator: 'cidr', value: '203.0.0.0/16' }, true],
    ['inList', { fact: 'ip', operator: 'inList', value: 'trusted' }, true],
    ['gt', { fact: 'tries', operator: 'gt', value: '2' }, true],
    ['gte', { fact: 'tries', operator: 'gte', value: 3 }, true],
    ['lt', { fact: 'tries', operator: 'lt', value: 3 }, false],
    ['lte', { fact: 'tries', operator: 'lte', value: 3 }, true],
    ['exists', { fact: 'ip', operator: 'exists', value: true }, true],
    ['size', { fact: 'scopes', operator: 'size', value: 2 }, true],
    ['size with a comparison', { fact: 'scopes', operator: 'size', value: { gt: 2 } }, false],
    ['any', { fact: 'limits', operator: 'any', value: { gt: 4 } }, true],
    ['all', { fact: 'limits', operator: 'all', value: { lt: 5 } }, false],
  ]);
});

describe('decorators', () => {
  held([
    ['not', { fact: 'user_name', operator: 'not:startsWith', value: 'x' }, true],
    ['not of what holds', { fact: 'tries', operator: 'not:equal', value: 3 }, false],
    ['someFact', { fact: 'limits', operator: 'someFact:greaterThan', value: 4 }, true],
    ['someFact fails', { fact: 'limits', operator: 'someFact:greaterThan', value: 5 }, false],
    ['someFact is for arrays', { fact: 'tries', operator: 'someFact:equal', value: 3 }, false],
    ['everyFact', { fact: 'scopes', operator: 'everyFact:endsWith', value: ':users' }, true],
    ['everyFact fails', { fact: 'scopes', operator: 'everyFact:startsWith', value: 'read' }, false],
    ['someValue', { fact: 'user_name', operator: 'someValue:startsWith', value: ['x', 'mal'] }, true],
    ['everyValue', { fact: 'user_name', operator: 'everyValue:contains', value: ['mal', 'ory'] }, true],
    ['everyValue fails', { fact: 'user_name', operator: 'everyValue:contains', value: ['mal', 'x'] }, false],
    ['swap', { fact: 'user_name', operator: 'swap:contains', value: 'who is mallory?' }, true],
    ['swap fails', { fact: 'user_name', operator: 'swap:startsWith', value: 'who is mallory?' }, false],
    ['together', { fact: 'scopes', operator: 'everyFact:not:startsWith', value: 'delete' }, true],
    [
      'someFact and someValue',
      { fact: 'scopes', operator: 'someFact:someValue:equal', value: ['a', 'read:users'] },
      true,
    ],
  ]);
});

describe('the faults of where', () => {
  const leaf = { fact: 'a', operator: 'equal', value: 1 };
  it.each<readonly [where: unknown, faults: readonly string[]]>([
    [leaf, []],
    [{ all: [leaf, { any: [] }, { not: leaf }] }, []],
    ['text', ['invalid-where where']],
    [null, ['invalid-where where']],
    [[leaf], ['invalid-where where']],
    [{ all: leaf }, ['invalid-where where all']],
    [{ any: 'x' }, ['invalid-where where any']],
    [{ not: [leaf] }, ['invalid-where where not']],
    [{ all: [leaf, 5] }, ['invalid-where where all 1']],
    [{ any: [{ not: { all: [null] } }] }, ['invalid-where where any 0 not all 0']],
    [{ all: [leaf], any: [leaf] }, ['invalid-where where any']],
    [{ all: [leaf], fact: 'a' }, ['invalid-where where fact']],
    [{ condition: 'shared' }, ['condition', '', '', ''].map((key) => `invalid-where where ${key}`.trim())],
    [{ ...leaf, facts: 'a' }, ['invalid-where where facts']],
    [{ operator: 'equal', value: 1 }, ['invalid-where where']],
    [{ fact: 'a', value: 1 }, ['invalid-where where']],
    [{ fact: 'a', operator: 'equal' }, ['invalid-where where']],
    [{ ...leaf, fact: 5 }, ['invalid-where where fact']],
    [{ ...leaf, operator: '' }, ['invalid-where where operator', 'unknown-operator where operator']],
    [{ ...leaf, path: 5 }, ['invalid-where where path']],
    [{ ...leaf, value: { fact: 'b', path: 5 } }, ['invalid-where where value path']],
    [{ ...leaf, operator: 'equl' }, ['unknown-operator where operator']],
    [{ ...leaf, operator: 'toString' }, ['unknown-operator where operator']],
    [{ ...leaf, operator: 'nope:equal' }, ['unknown-operator where operator']],
    [{ ...leaf, operator: 'not:nope' }, ['unknown-operator where operator']],
    [{ ...leaf, operator: 'cidr', value: 'x' }, ['invalid-value where value']],
    [{ all: [{ ...leaf, operator: 'matches', value: ['a', '('] }] }, ['invalid-regex where all 0 value 1']],
    [{ ...leaf, operator: 'matches', value: '(?=a)' }, ['invalid-regex where value']],
    [{ ...leaf, operator: 'inList', value: 'nope' }, ['unknown-list where value']],
    [{ ...leaf, operator: 'not', value: { inList: 'nope' } }, ['unknown-list where value inList']],
    [{ ...leaf, operator: 'size', value: { nope: 1 } }, ['unknown-operator where value nope']],
    [{ ...leaf, operator: 'not:matches', value: '(?=a)' }, ['invalid-regex where value']],
    [{ ...leaf, operator: 'someFact:cidr', value: 'x' }, ['invalid-value where value']],
    [{ ...leaf, operator: 'someValue:matches', value: ['a', '('] }, ['invalid-regex where value 1']],
    [{ ...leaf, operator: 'not:everyValue:gt', value: [1, 'x'] }, ['invalid-value where value 1']],
    [{ ...leaf, operator: 'someValue:matches', value: 'a' }, ['invalid-where where value']],
    [{ ...leaf, operator: 'everyValue:equal', value: 5 }, ['invalid-where where value']],
    [{ ...leaf, operator: 'swap:gt', value: 'known with the event' }, []],
    [{ ...leaf, operator: 'matches', value: { fact: 'b' } }, []],
    [{ ...leaf, operator: 'someValue:equal', value: { fact: 'b' } }, []],
    [{ ...leaf, path: '$[?(@.a.match(/(a+)+$/))]' }, ['invalid-where where path']],
    [{ ...leaf, path: "$[?(@.a.search('(a+)+$') > 0)]" }, ['invalid-where where path']],
    [{ ...leaf, path: '$[?(/(a+)+$/.test(@.a))]' }, ['invalid-where where path']],
    [{ ...leaf, path: "$[?(@.a.replace(/(a+)+$/, '') == '')]" }, ['invalid-where where path']],
    [{ ...leaf, value: { fact: 'b', path: '$[?(@.a.match(/a/))]' } }, ['invalid-where where value path']],
    [{ ...leaf, path: '$[?(@.a[?(@.constructor.constructor("x")())])]' }, ['invalid-where where path']],
    [{ ...leaf, path: 'error.message' }, ['invalid-where where path']],
    [{ ...leaf, path: "$.match.test[?(@.search == 'a/b' && length(@.name) > 1)]" }, []],
  ])('%j: %p', (where, faults) => {
    expect(matchFaults({ where }, lists)).toEqual(faults);
  });
});
