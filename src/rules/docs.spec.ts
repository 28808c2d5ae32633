import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { loadFolder } from '../../test/support/rules-folder.js';
import { eventCategories } from '../domain/catalogue/catalogue.js';
import { fieldOperators } from '../domain/matching/compile-test.js';
import { engineOperators } from '../domain/matching/where.js';
import { problemCodes } from './problem.js';
import { isObject } from '../domain/json-value.js';

const language = readFileSync('docs/rules.md', 'utf8');
const examples = [...language.matchAll(/```yaml\n((.*?)\n.*?)```/gs)].map(
  ([, yaml, first]) => [first as string, yaml as string] as const,
);
const ruleKeys = ['match', 'active', 'window', 'remind', 'tests'];

/** What the examples name without declaring it. */
const around = {
  version: 1,
  channels: { security: { console: true }, iam: { console: true } },
  lists: { trusted_ips: [], disposable_domains: [] },
  rules: ['push-fatigue', 'sms-bombing', 'failures'].map((id) => ({ id, match: { types: ['fu'] } })),
};

/** An example as part of a whole file: of a rule, or of the document. */
function wrapped(yaml: string): string {
  const example: unknown = parse(yaml);
  if (!isObject(example)) throw new Error('an example is a mapping');
  const ofRule = ruleKeys.some((key) => key in example) || Array.isArray(example['channels']);
  return stringify(
    ofRule ? { ...around, rules: [{ id: 'example', match: {}, ...example }] } : { ...around, ...example },
  );
}

describe('docs/rules.md', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(15);
  });

  it.each(examples)('has an example that loads: %s', async (_first, yaml) => {
    const loaded = await loadFolder(
      {
        'rules.yaml': wrapped(yaml),
        'lists/disposable.txt': 'mailinator.com',
        'rules/more.yaml': 'rules: []',
      },
      { REDACT_KEY: 'a key', SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/x' },
    );
    expect(loaded).toMatchObject({ ok: true, warnings: [] });
  });

  it.each([...eventCategories, ...fieldOperators, ...engineOperators])('speaks of %s', (name) => {
    expect(language).toContain(`\`${name}\``);
  });
});

describe('docs/errors.md', () => {
  it('lists every code, and no other', () => {
    const listed = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([a-z-]+)`/gm)].map(
      ([, code]) => code,
    );
    expect(listed.toSorted()).toEqual(problemCodes.toSorted());
  });
});
