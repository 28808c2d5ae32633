import { readFileSync } from 'node:fs';
import { array, assert, asyncProperty, constantFrom, jsonValue, nat, oneof, tuple } from 'fast-check';
import { parse, stringify } from 'yaml';
import { loadRules, type LoadResult } from './load-rules.js';

const file = 'test/fixtures/rules/every-form.yaml';
const whole = readFileSync(file, 'utf8');
const surroundings = {
  variables: { EVERY_FORM_WEBHOOK: 'https://hooks.slack.com/services/T0/B0/x' },
};

type Step = string | number;

function placesIn(value: unknown, at: readonly Step[] = []): (readonly Step[])[] {
  if (value === null || typeof value !== 'object') return [at];
  return [at, ...Object.entries(value).flatMap(([key, entry]) => placesIn(entry, [...at, key]))];
}

function replaced(value: unknown, [step, ...rest]: readonly Step[], by: unknown): unknown {
  if (step === undefined) return by;
  const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  const entries = copy as Record<Step, unknown>;
  entries[step] = replaced(entries[step], rest, by);
  return copy;
}

const document: unknown = parse(whole, { merge: true });
const anyPlace = constantFrom(...placesIn(document));
const anyValue = oneof(
  jsonValue({ maxDepth: 2 }),
  constantFrom('{{ x', '{% if', '/(/', '*', '${NOPE}', 'category:x', { constructor: 1 }, { inList: 'x' }, [
    null,
  ]),
);
const anyCut = tuple(
  nat(whole.length),
  nat(3),
  constantFrom(
    '\t',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    ':',
    '- ',
    '#',
    '&a ',
    '*a ',
    '!x ',
    '|',
    '\n',
    '<<: ',
    '---\n',
  ),
);

function expectAnswer(loaded: LoadResult): void {
  if (loaded.ok) return;
  expect(loaded.problems).not.toEqual([]);
  for (const { file: named, line, column, message, hint } of loaded.problems) {
    expect({
      named: named !== '',
      line: line > 0,
      column: column > 0,
      message: message !== '',
      hint: hint !== '',
    }).toEqual({ named: true, line: true, column: true, message: true, hint: true });
  }
}

describe('whatever a rules file holds', () => {
  it('is taken, or reported with a place: any value anywhere', async () => {
    await assert(
      asyncProperty(anyPlace, anyValue, async (at, value) => {
        expectAnswer(await loadRules(file, surroundings, stringify(replaced(document, at, value))));
      }),
      { numRuns: 60 },
    );
  });

  it('is taken, or reported with a place: any text', async () => {
    await assert(
      asyncProperty(array(anyCut, { minLength: 1, maxLength: 3 }), async (cuts) => {
        const yaml = cuts.reduce(
          (cut, [at, length, put]) => cut.slice(0, at) + put + cut.slice(at + length),
          whole,
        );
        expectAnswer(await loadRules(file, surroundings, yaml));
      }),
      { numRuns: 60 },
    );
  });
});
