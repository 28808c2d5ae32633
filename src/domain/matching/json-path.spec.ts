import { compileJsonPath } from './json-path.js';

const event = {
  name: 'ann',
  'dotted.name': 1,
  list: [{ n: 1, tag: 'aab' }, { n: 2, tag: 'b' }, { n: 3 }],
  empty: [],
  nothing: null,
};

function read(source: string, value: object = event): unknown {
  const compiled = compileJsonPath(source);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.path.read(value);
}

function fault(source: string): string | undefined {
  const compiled = compileJsonPath(source);
  return compiled.ok ? undefined : compiled.message;
}

describe('a JSONPath', () => {
  it.each<readonly [path: string, value: unknown]>([
    ['$', event],
    ['$.name', 'ann'],
    ["$['dotted.name']", 1],
    ['$.list[0].n', 1],
    ['$.list[-1].n', 3],
    ['$.nothing', null],
    ['$.absent', undefined],
    ['$.name.absent', undefined],
    ['$.list.length', undefined],
    ['$.toString', undefined],
    ['$.__proto__', undefined],
    ['$.list[*].n', [1, 2, 3]],
    ['$.list[0:1].n', [1]],
    ['$.empty[*]', undefined],
    ['$..n', [1, 2, 3]],
    ['$.list[?@.n > 1].n', [2, 3]],
    ['$.list[?(@.n == 1)].n', [1]],
    ["$.list[?match(@.tag, 'a+b')].n", [1]],
    ["$.list[?search(@.tag, 'b')].n", [1, 2]],
    ['$.list[?length(@.tag) == 3].n', [1]],
    ["$['name','nothing']", ['ann', null]],
    ['$.list[?@[?@ == $.list[0].n]].n', [1]],
    ["$.list[?!match(@.tag, 'b') && @.n != 3].n", [1]],
    ['$.list[?count(@.*) == 1 || value(@.tag) == "b"].n', [2, 3]],
    ['$.list[?@.absent == $.absent].n', [1, 2, 3]],
    ['$.list[::-1].n', [3, 2, 1]],
    ['$.list[::0].n', undefined],
  ])('reads %s', (path, value) => {
    expect(read(path)).toEqual(value);
  });

  it.each<readonly [path: string, reason: RegExp]>([
    ['name', /is not a JSONPath/],
    ["$[?(@.constructor.constructor('return process')())]", /is not a JSONPath/],
    ['$[?(@.list[?(@.constructor.constructor("return 1")())])]', /is not a JSONPath/],
    ["$[?(@['match'](/(a+)+$/))]", /is not a JSONPath/],
    ['$[?(@.n = 5)]', /is not a JSONPath/],
    ['$[(@.length-1)]', /is not a JSONPath/],
    ['$.list^', /is not a JSONPath/],
    ['$.list~', /is not a JSONPath/],
    ['$..*@string()', /is not a JSONPath/],
    ['$.~name', /is not a JSONPath/],
    ['$[?# == "name"]', /is not a JSONPath/],
    ['$[?other(@)]', /is not a JSONPath/],
    ['$[?true]', /is not a JSONPath/],
    ['$[?length(@)]', /is not a JSONPath/],
    ['$[?match(@.a, $.pattern)]', /not a text in quotes/],
    [`$[${Array.from({ length: 21 }, () => '*').join()}]`, /list of more than 20/],
    ["$[?match(@.a, '(?=a)')]", /RE2/],
    ['$..a..b', /"\.\." more than once/],
    ['$[?@..a]', /"\.\." inside a filter/],
    ['$[?count($[*]) > 1]', /several places from "\$"/],
    ['$[*,*][*,*]', /more than one list/],
    [`$.${'a'.repeat(1_000)}`, /longer than/],
  ])('refuses %s', (path, reason) => {
    expect(fault(path)).toMatch(reason);
  });

  it('leaves what it reads as it was', () => {
    const before = JSON.stringify(event);
    for (const path of ['$..*', '$.list[?@.n]', '$[*]']) read(path);
    expect(JSON.stringify(event)).toBe(before);
  });

  it('reads at most a thousand places', () => {
    expect(
      read(
        '$[*]',
        Array.from({ length: 5_000 }, () => 1),
      ),
    ).toHaveLength(1_000);
  });

  it('reads an event that is nested more deeply than the stack holds', () => {
    let nested: unknown = { n: 1 };
    for (let depth = 0; depth < 20_000; depth += 1) nested = [nested];
    expect(read('$..n', [nested])).toEqual([1]);
    expect(read('$..[?@ == $[0]].n', [nested])).toBeUndefined();
  });

  it('applies patterns to texts only', () => {
    expect(read("$[?match(@, 'a,b')]", [['a', 'b'], 'a,b', 5, null])).toEqual(['a,b']);
    expect(read("$[?search(@.a, 'x')].a", [{ a: ['x'] }, { a: 'x' }])).toEqual(['x']);
  });

  it('decides patterns in a time that grows with the text only', () => {
    expect(read("$[?match(@, '(a+)+$')]", [`${'a'.repeat(50_000)}!`])).toBeUndefined();
  });
});
