import * as fc from 'fast-check';
import { JSONPathEnvironment, type JSONValue } from 'json-p3';
import { compileJsonPath } from './json-path.js';

/** Few names and values, so that paths often lead somewhere. */
const name = fc.constantFrom('a', 'b', 'c');
const scalar = fc.constantFrom<JSONValue>(null, true, 0, 1, -1.5, '', 'a', 'b', '1');
const { value } = fc.letrec<{ value: JSONValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
}));

const index = fc.integer({ min: -3, max: 3 }).map(String);
const bound = fc.option(index, { nil: '' });
const slice = fc.tuple(bound, bound, bound).map(([start, stop, step]) => `${start}:${stop}:${step}`);
const quoted = name.map((text) => `'${text}'`);
const child = fc.oneof(
  name.map((text) => `.${text}`),
  fc.oneof(index, quoted).map((text) => `[${text}]`),
);
const singular = fc
  .tuple(fc.constantFrom('@', '$'), fc.array(child, { maxLength: 2 }))
  .map(([start, steps]) => start + steps.join(''));
const several = singular.map((path) => `@${path.slice(1)}[*]`);
const operand = fc.oneof(
  singular,
  fc.constantFrom('null', 'true', '0', '1', "'a'", '"b"'),
  several.map((path) => `count(${path})`),
  several.map((path) => `value(${path})`),
  singular.map((path) => `length(${path})`),
);
const comparison = fc
  .tuple(operand, fc.constantFrom('==', '!=', '<', '<=', '>', '>='), operand)
  .map((parts) => parts.join(' '));
const test = fc.oneof(
  comparison,
  singular,
  several,
  fc.tuple(comparison, fc.constantFrom('&&', '||'), singular).map((parts) => parts.join(' ')),
  comparison.map((inner) => `!(${inner})`),
  comparison.filter((inner) => !inner.includes('$')).map((inner) => `@[?${inner}]`),
);
const selector = fc.oneof(
  index,
  quoted,
  slice,
  fc.constant('*'),
  test.map((inner) => `?${inner}`),
);
const segment = fc.oneof(
  child,
  selector.map((inner) => `[${inner}]`),
  selector.map((inner) => `..[${inner}]`),
  fc.tuple(selector, selector).map((both) => `[${both.join()}]`),
);
const path = fc.array(segment, { maxLength: 4 }).map((segments) => `$${segments.join('')}`);

const reference = new JSONPathEnvironment();

describe('a JSONPath', () => {
  it('selects what the evaluator of its parser selects', () => {
    fc.assert(
      fc.property(path, fc.oneof(fc.array(value), fc.dictionary(name, value)), (source, event) => {
        const compiled = compileJsonPath(source);
        fc.pre(compiled.ok);
        const values = reference.query(source, event).values();
        const one = reference.compile(source).singularQuery();
        expect(compiled.path.read(event)).toEqual(one || values.length === 0 ? values[0] : values);
      }),
      { numRuns: 2_000 },
    );
  });
});
