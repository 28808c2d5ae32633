import { lintedRules } from '../../../test/support/linted-rules.js';

const lists = 'lists: { offices: [203.0.113.0/24] }';

async function warnings(rule: string): Promise<string[]> {
  const found = await lintedRules(rule, lists);
  expect(found.filter(({ code }) => code !== 'never-matches')).toEqual([]);
  const column = '[{ id: linted, '.length + 'rules: '.length;
  return found.map(({ column: at, message }) => `${rule.slice(at - 1 - column).slice(0, 6)} ${message}`);
}

describe('what no event can match', () => {
  it.each([
    // Bounds.
    [
      'match: { types: f, fields: { details.qs.n: { gt: 10, lt: 5 } } }',
      ['5 } }  no number is gt 10 and lt 5'],
    ],
    [
      'match: { fields: { x-y: { gte: "5", lt: 5 } } }, lint: { unknown-field: off }',
      ['5 } }  no number is gte 5 and lt 5'],
    ],
    [
      'match: { where: { fact: ip, operator: equal, value: x }, fields: { details.qs: { any: { gt: 2, lte: 1 } } } }',
      ['1 } }  no number is gt 2 and lte 1'],
    ],
    ['match: { fields: { details.qs: { size: { gt: 2, lt: 2 } } } }', ['2 } }  no number is gt 2 and lt 2']],
    // Equalities.
    ['match: { fields: { ip: { equals: a, not: a } } }', ['a } }  "a" can\'t hold together with "not"']],
    [
      'match: { fields: { ip: { in: [a, b], startsWith: c } } }',
      ['c } }  "a", "b" can\'t hold together with "startsWith"'],
    ],
    [
      'match: { fields: { ip: { in: [198.51.100.7], inList: offices } } }',
      ['office "198.51.100.7" can\'t hold together with "inList"'],
    ],
    ['match: { fields: { ip: [] } }', ['[] } } an empty list never holds']],
    [
      'match: { fields: { ip: { exists: false, cidr: 10.0.0.0/8 } } }',
      ['10.0.0 "cidr" never holds for a field that is absent'],
    ],
    // Kinds.
    ['match: { types: fu, fields: { user_name: 5 } }', ['5 } }  "user_name" is text, never the value 5']],
    [
      'match: { types: fu, fields: { user_name: { gt: 5 } } }',
      ['5 } }  "user_name" is text, and "gt" is for numbers'],
    ],
    [
      'match: { types: fu, fields: { user_name: [x, 5] } }',
      ['5] } } "user_name" is text, never the value 5'],
    ],
    [
      'match: { types: f, fields: { details.stats.loginsCount: "5" } }',
      ['"5" }  "details.stats.loginsCount" is a number, never the text "5"'],
    ],
    [
      'match: { types: f, fields: { details.triggered_by_session_transfer_token: "true" } }',
      ['"true"  "details.triggered_by_session_transfer_token" is true or false, never the text "true"'],
    ],
    [
      'match: { types: f, fields: { details.stats.loginsCount: { contains: 5 } } }',
      ['5 } }  "details.stats.loginsCount" is a number, and "contains" is for text'],
    ],
    // Types.
    [
      'match: { types: [fu, fp], fields: { type: s } }',
      ['s } }  no event type that "types" admits is this one'],
    ],
    [
      'match: { types: [fu, fp], except: { types: s } }',
      ['s } }  the match takes no event of type "s" that could be left out'],
    ],
    [
      'match: { types: "f*", except: { types: [fsa, "limit_*"] } }',
      ['"limit the match takes no event of type "limit_*" that could be left out'],
    ],
    [
      'match: { types: [fu] }, window: { within: 1m, sequence: [{ types: fu }, { types: s }] }',
      ['s }] } the rule\'s match takes no event of type "s"'],
    ],
    [
      'match: { types: [s, fu], except: { types: s } }, window: { within: 1m, sequence: [{ types: fu }, { types: s }] }',
      ["s }] } the rule's match leaves these event types out"],
    ],
    // Exceptions as wide as the match.
    [
      'match: { types: [fu, fp], except: { types: "f*" } }',
      ['except this leaves out every event that the match takes'],
    ],
    [
      'match: { types: "category:rate-limit", except: { types: "category:rate-limit" } }',
      ['except this leaves out every event that the match takes'],
    ],
    [
      'match: { fields: { ip: a, connection: b }, except: { fields: { connection: b } } }',
      ['except this leaves out every event that the match takes'],
    ],
    // A step's fields.
    [
      'match: { types: [fu, s], fields: { connection: a } }, window: { within: 1m, sequence: [{ types: fu, fields: { connection: b } }] }',
      ['b } }] the rule\'s match asks "connection" for something else'],
    ],
    [
      'match: { types: [fu, s], fields: { ip: { not: { inList: offices } } } }, window: { within: 1m, sequence: [{ types: fu, fields: { ip: 203.0.113.9 } }] }',
      ['203.0. the rule\'s match asks "ip" for something else'],
    ],
  ])('is reported at its place: %s', async (rule, expected) => {
    const reported = await warnings(rule);
    expect(reported.map((line) => line.replace(/\s+/g, ' '))).toEqual(
      expected.map((line) => line.replace(/\s+/g, ' ')),
    );
  });

  it.each([
    'match: { fields: { details.qs.n: { gt: 5, lt: 10 }, details.qs.m: { gte: 5, lte: 5 } } }',
    'match: { fields: { ip: { in: [a, b], not: a } } }',
    'match: { fields: { ip: { equals: 203.0.113.9, inList: offices } } }',
    'match: { fields: { ip: { exists: false, not: a } } }',
    'match: { types: fu, fields: { user_name: ["5", null] } }',
    'match: { types: f, fields: { details.stats.loginsCount: { gt: "5" } } }',
    // Kinds that nobody knows, or that one of the types has.
    'match: { types: f, fields: { details.qs.n: 5 } }',
    'match: { types: [fu, new_one], fields: { user_name: 5 } }, lint: { unknown-event-code: off }',
    // An array may hold both.
    'match: { types: f, fields: { details.id_token_signed_response_algs: a } }',
    'match: { types: "f*", except: { types: [fsa, fu] } }',
    'match: { types: "f*", except: { types: "/^f/" } }',
    'match: { types: fu, except: { types: fu, fields: { ip: a } } }',
    'match: { types: [fu, new_one], except: { types: fu } }, lint: { unknown-event-code: off }',
    'match: { except: { types: fu } }',
    'match: { types: [fu] }, window: { within: 1h, missing: { types: s } }',
    'match: { fields: { connection: a } }, window: { within: 1m, sequence: [{ types: fu }, { types: s, fields: { connection: [a, b] } }] }',
    'match: { types: fu, fields: { user_name: 5 } }, lint: { never-matches: off }',
  ])('and nothing else: %s', async (rule) => {
    expect(await warnings(rule)).toEqual([]);
  });

  it.each([
    [
      'match: { fields: { x: { gt: 10, lt: 5 } } }, lint: { unknown-field: off }',
      'write { gt: 5, lt: 10 } for a number between them, not: { gte: 5, lte: 10 } for one of the two',
    ],
    ['match: { types: fu, fields: { user_name: 5 } }', "write it in quotes: '5'"],
    ['match: { types: f, fields: { details.stats.loginsCount: "5" } }', 'write it without quotes: 5'],
  ])('with a hint: %s', async (rule, hint) => {
    expect((await lintedRules(rule))[0]?.hint).toBe(hint);
  });
});
