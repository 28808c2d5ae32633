import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { fieldOperators } from '../src/domain/matching/compile-test.js';
import { rulesJsonSchema } from './rules-json-schema.js';

const faults = 'test/fixtures/rules-faults/';
const validate = new Ajv({ allowUnionTypes: true, allErrors: true }).compile(rulesJsonSchema());

function accepts(yaml: string): boolean {
  return validate(parse(yaml, { merge: true }));
}

function rule(keys: string): string {
  return `version: 1\nrules: [{ id: r, match: {}, ${keys} }]`;
}

describe('rules.schema.json', () => {
  it('is what `npm run schema` writes', () => {
    expect(JSON.parse(readFileSync('rules.schema.json', 'utf8'))).toEqual(rulesJsonSchema());
  });

  it.each(['rules.yaml', 'test/fixtures/rules/every-form.yaml', 'test/fixtures/rules/parts/a.yaml'])(
    'accepts %s',
    (file) => {
      accepts(readFileSync(file, 'utf8'));
      expect(validate.errors ?? []).toEqual([]);
    },
  );

  it('accepts no fixture whose shape is at fault', () => {
    const shape = /^# expect: (missing-key|unknown-key|unknown-operator|unknown-category) \d/m;
    const accepted = readdirSync(faults)
      .filter((name) => name.endsWith('.yaml'))
      .filter((name) => {
        const text = readFileSync(faults + name, 'utf8');
        return shape.test(text) && accepts(text);
      });
    expect(accepted).toEqual([
      'no-channel.yaml',
      'where-unknown-decorator.yaml',
      'where-unknown-operator.yaml',
    ]);
  });

  it.each([
    ['a severity that is none', rule('severity: urgent')],
    ['a mention that is none', rule('mention: ["@here"]')],
    ['a time that is none', rule('active: { from: "8:00" }')],
    ['an empty except', 'version: 1\nrules: [{ id: r, match: { except: {} } }]'],
    ['a channel with two targets', 'version: 1\nchannels: { c: { console: true, slack: C1 } }'],
    ['an override of the id', 'version: 1\noverrides: { r: { id: s } }'],
    [
      'a misspelt key deep in an override',
      'version: 1\noverrides: { r: { match: { except: { feilds: {} } } } }',
    ],
    [
      'a misspelt operator deep in a test',
      rule('').replace('{}', '{ fields: { a: { not: { any: { gtt: 1 } } } } }'),
    ],
  ])('refuses %s', (_case, yaml) => {
    expect(accepts(yaml)).toBe(false);
  });

  it('accepts an override of any part', () => {
    expect(accepts('version: 1\noverrides: { r: { match: { types: [f] }, active: { to: "08:00" } } }')).toBe(
      true,
    );
  });

  it('describes every key and operator', () => {
    const undescribed: string[] = [];
    const check = (name: string, { properties }: Section) => {
      for (const [key, property] of Object.entries(properties ?? {}))
        if (property.description === undefined) undescribed.push(`${name}.${key}`);
    };
    const schema = rulesJsonSchema() as Section & { definitions: Record<string, Section> };
    check('RulesDocument', schema);
    for (const [name, section] of Object.entries(schema.definitions)) check(name, section);
    const operators = schema.definitions['FieldTest']?.anyOf?.find((form) => form.properties);
    check('FieldTest', operators ?? {});
    expect(undescribed).toEqual([]);
    expect(Object.keys(operators?.properties ?? {}).sort()).toEqual([...fieldOperators].sort());
  });
});

interface Section {
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
  readonly anyOf?: readonly Section[];
}
