import { listsOf } from '../../../test/support/field-holds.js';
import { matches, matchFaults, matchRule, type EventData } from '../../../test/support/match-events.js';
import { codesInCategory } from '../catalogue/catalogue.js';
import type { MatchForm } from './match-types.js';

const lists = listsOf({ trusted: ['203.0.113.0/24'] });
const event: EventData = {
  type: 'fu',
  connection: 'Database',
  ip: '203.0.113.9',
  details: { error: { message: 'bad password' }, tries: [1, 5] },
};

describe('types', () => {
  it.each<readonly [types: string | readonly string[], type: string, expected: boolean]>([
    ['fu', 'fu', true],
    ['fu', 'FU', false],
    ['fu', 'f', false],
    ['limit_*', 'limit_wc', true],
    ['/^f/', 'fu', true],
    ['/^F/i', 'fu', true],
    ['/^f/', 'sf', false],
    [['s', 'fu'], 'fu', true],
    [['s', 'limit_*', '/^f/'], 'fp', true],
    [['s', 'limit_*', '/^f/'], 'limit_mu', true],
    [['s', 'limit_*', '/^f/'], 'sapi', false],
    [[], 'fu', false],
    ['category:login-failure', 'fu', true],
    ['category:login-failure', 's', false],
    [['category:login-failure', 's'], 's', true],
    ['category:attack-protection', 'category:attack-protection', false],
  ])('%p on %p: %p', async (types, type, expected) => {
    expect(await matches({ types }, { type })).toBe(expected);
    expect(matchRule('rule', { types }).match.admitsType(type)).toBe(expected);
  });

  it('take every code of a category and no other', () => {
    const { match } = matchRule('rule', { types: ['category:login-failure'] });
    for (const code of codesInCategory('login-failure') ?? []) expect(match.admitsType(code)).toBe(true);
    for (const code of codesInCategory('logout') ?? []) expect(match.admitsType(code)).toBe(false);
  });

  it('admit every type where there are none', () => {
    expect(matchRule('rule', { fields: { ip: 'x' } }).match.admitsType('anything')).toBe(true);
  });
});

describe('match', () => {
  it.each<readonly [sentence: string, form: MatchForm, expected: boolean]>([
    ['{} is every event', {}, true],
    ['wants all fields', { fields: { connection: 'Database', ip: '203.0.113.9' } }, true],
    ['fails by one field', { fields: { connection: 'Database', ip: '1.1.1.1' } }, false],
    ['takes dotted paths', { fields: { 'details.error.message': '*password*' } }, true],
    ['takes no fields at all', { fields: {} }, true],
    ['takes the type as a field', { fields: { type: { not: 's' } } }, true],
    ['wants types and fields', { types: 's', fields: { connection: 'Database' } }, false],
    [
      'wants types, fields and where',
      {
        types: 'fu',
        fields: { connection: 'Database' },
        where: { fact: 'ip', operator: 'equal', value: '203.0.113.9' },
      },
      true,
    ],
    [
      'fails by where alone',
      {
        types: 'fu',
        fields: { connection: 'Database' },
        where: { fact: 'ip', operator: 'equal', value: '1.1.1.1' },
      },
      false,
    ],
    ['takes lists', { fields: { ip: { inList: 'trusted' } } }, true],
  ])('%s', async (_, form, expected) => {
    expect(await matches(form, event, lists)).toBe(expected);
  });
});

describe('except', () => {
  const whereHolds = { fact: 'ip', operator: 'equal', value: '203.0.113.9' };
  const whereFails = { fact: 'ip', operator: 'equal', value: '1.1.1.1' };
  it.each<readonly [sentence: string, form: MatchForm, expected: boolean]>([
    ['takes out what it matches', { except: { fields: { ip: { inList: 'trusted' } } } }, false],
    ['leaves in what it does not', { except: { fields: { ip: '1.1.1.1' } } }, true],
    ['is one test of all it says', { except: { types: 'fu', fields: { ip: '1.1.1.1' } } }, true],
    ['takes types', { except: { types: ['s', 'f*'] } }, false],
    ['takes where', { except: { where: whereHolds } }, false],
    ['takes where that fails', { except: { where: whereFails } }, true],
    ['takes where beside where', { where: whereHolds, except: { where: whereFails } }, true],
    ['fails with where beside it', { where: whereFails, except: { where: whereFails } }, false],
    ['takes fields and where together', { except: { fields: { ip: '*' }, where: whereFails } }, true],
    ['{} is every event', { except: {} }, false],
    ['nests', { except: { types: 'fu', except: { fields: { ip: { inList: 'trusted' } } } } }, true],
    [
      'nests with a match that fails',
      { except: { types: 'fu', except: { fields: { ip: '1.1.1.1' } } } },
      false,
    ],
    ['nests three deep', { except: { except: { except: { types: 'fu' } } } }, false],
    ['nests where', { except: { except: { where: whereHolds } } }, true],
    ['nests where that fails', { except: { except: { where: whereFails } } }, false],
    ['is not held by a missing path', { except: { fields: { absent: 'x' } } }, true],
    ['is held by a missing path under not', { except: { fields: { absent: { not: 'x' } } } }, false],
  ])('%s', async (_, form, expected) => {
    expect(await matches(form, event, lists)).toBe(expected);
  });
});

describe('the prefilter', () => {
  it.each<readonly [form: MatchForm, verdict: string]>([
    [{}, 'yes'],
    [{ types: 'fu', fields: { connection: 'Database' } }, 'yes'],
    [{ types: 's' }, 'no'],
    [{ fields: { connection: 'x' } }, 'no'],
    [{ where: { any: [] } }, 'maybe'],
    [{ types: 's', where: { any: [] } }, 'no'],
    [{ except: { types: 'fu' } }, 'no'],
    [{ except: { types: 's' } }, 'yes'],
    [{ except: { where: { any: [] } } }, 'maybe'],
    [{ except: { types: 's', where: { any: [] } } }, 'yes'],
    [{ where: { any: [] }, except: { types: 'fu' } }, 'no'],
  ])('of %j says %s', (form, verdict) => {
    expect(matchRule('rule', form).match.prefilter(event)).toBe(verdict);
  });
});

describe('the faults of a match', () => {
  it.each<readonly [form: MatchForm, faults: readonly string[]]>([
    [{ types: '/(?=a)/' }, ['invalid-regex types']],
    [{ types: ['fu', '/(?=a)/'] }, ['invalid-regex types 1']],
    [{ types: ['category:login-failure', '/(?=a)/'] }, ['invalid-regex types 1']],
    [{ types: 'category:nope' }, ['unknown-category types']],
    [{ types: ['fu', 'category:nope', '/(/'] }, ['unknown-category types 1', 'invalid-regex types 2']],
    [{ fields: { 'a.b': { cidr: ['x'] } } }, ['invalid-value fields a.b cidr 0']],
    [
      { fields: { a: ['x', '/(/'], b: { nope: 1 } } },
      ['invalid-regex fields a 1', 'unknown-operator fields b nope'],
    ],
    [{ where: { all: [{ fact: 'a' }] } }, ['invalid-where where all 0', 'invalid-where where all 0']],
    [{ except: { types: ['/(/'] } }, ['invalid-regex except types 0']],
    [
      { except: { except: { fields: { a: { inList: 'nope' } } } } },
      ['unknown-list except except fields a inList'],
    ],
    [{ except: { where: 'x' } }, ['invalid-where except where']],
    [{}, []],
  ])('%j: %p', (form, faults) => {
    expect(matchFaults(form, lists)).toEqual(faults);
  });
});
