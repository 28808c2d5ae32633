import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { normaliseEvent } from '../../src/domain/event.js';
import type { Rule, RuleSet } from '../../src/domain/rule-set.js';
import type { RuleSection } from '../../src/rules/schema/rule-section.js';
import type { TestSection } from '../../src/rules/schema/test-section.js';
import { problemLines } from '../../src/rules/problem.js';
import { loadRules } from '../../src/rules/load-rules.js';
import { readSources } from '../../src/rules/yaml/read-sources.js';
import { compileTestSuites } from '../../src/rules/compile/test-suites.js';
import { runRuleTests } from '../../src/replay/rule-tests.js';
import { CountingIds } from '../support/counting-ids.js';
import { catalogue } from './catalogue.js';

const including =
  'version: 1\ninclude: [rules/auth0-detections.yaml]\nchannels: { security: { console: true } }\n';
/** What it includes has to lie below its folder, so it is loaded as if it lay at the top. */
const tunedFile = 'detections-tuned.yaml';
const tunedText = readFileSync(`test/fixtures/${tunedFile}`, 'utf8');

interface File {
  readonly rules: readonly RuleSection[];
  readonly overrides: Readonly<Record<string, Partial<RuleSection>>>;
}

function parsed(file: string): File {
  return parse(readFileSync(file, 'utf8'), { merge: true, maxAliasCount: 1000 }) as File;
}

const pack = parsed('rules/auth0-detections.yaml');
const tuned = parsed(`test/fixtures/${tunedFile}`);
const written = new Map(pack.rules.map((rule) => [rule.id, rule]));

function testsOf(id: string): readonly TestSection[] {
  return [...(written.get(id)?.tests ?? []), ...(tuned.overrides[id]?.tests ?? [])];
}

function idsOf(row: string): readonly string[] {
  return [...written.keys()].filter((id) => id === row || id.startsWith(`${row}-`));
}

async function ruleSet(file: string, text?: string): Promise<RuleSet> {
  const loaded = await loadRules(file, {}, text);
  if (!loaded.ok) throw new Error(problemLines(loaded.problems).join('\n'));
  expect(loaded.warnings).toEqual([]);
  return loaded.rules;
}

async function matches(rules: RuleSet, id: string, element: unknown): Promise<boolean> {
  const event = normaliseEvent(element, Date.UTC(2026, 0, 5), () => 'test');
  if (event === undefined) throw new Error('a test holds events');
  const matched = await rules.matcher.match([event]);
  return matched.some(({ rule }) => rule.id === id);
}

/** An event that the rule matches, out of its tests that alert. */
async function matchingEvent(rules: RuleSet, id: string): Promise<Record<string, unknown>> {
  const events = testsOf(id)
    .filter(({ expect: wanted }) => (wanted.alerts ?? 0) > 0)
    .flatMap((test) => test.events as Record<string, unknown>[]);
  for (const event of events) if (await matches(rules, id, event)) return event;
  throw new Error(`no test of ${id} that alerts has an event that it matches`);
}

/** Runs the tests of these rules: how many there are, and what is wrong with those that fail. */
async function failures(
  ids: readonly string[],
  file: string,
  text?: string,
): Promise<{ run: number; lines: readonly string[] }> {
  const suites = await compileTestSuites(await readSources(file, text), {});
  const results = await runRuleTests(
    suites.filter(({ rule }) => ids.includes(rule)),
    new CountingIds(),
  );
  return {
    run: results.length,
    lines: results.flatMap(({ rule, problem }) =>
      problem ? [`${rule}: ${problemLines([problem]).join(' ')}`] : [],
    ),
  };
}

describe('the detection pack', () => {
  let tunedRules: RuleSet;
  let byId: ReadonlyMap<string, Rule>;
  beforeAll(async () => {
    tunedRules = await ruleSet(tunedFile, tunedText);
    byId = new Map(tunedRules.rules.map((rule) => [rule.id, rule]));
  }, 60_000);

  it('loads when one line includes it', async () => {
    const { rules } = await ruleSet('rules.yaml', including);
    expect(rules.map(({ id }) => id)).toEqual([...written.keys()]);
    expect(new Set(rules.flatMap(({ channels }) => channels))).toEqual(new Set(['security']));
  });

  it('covers each row of the catalogue', () => {
    expect(catalogue).toHaveLength(33);
    expect(catalogue.filter(({ id }) => idsOf(id).length === 0)).toEqual([]);
  });

  it.each(catalogue)('$id is about its event types', ({ id, types }) => {
    for (const rule of idsOf(id)) {
      const { match } = byId.get(rule) as Rule;
      expect(types.filter((type) => !match.admitsType(type))).toEqual([]);
      expect(match.admitsType('unheard_of')).toBe(false);
    }
  });

  const described = catalogue.filter(({ descriptions }) => descriptions !== undefined);
  it.each(described)('$id is about its descriptions', async ({ id, descriptions = [] }) => {
    for (const rule of idsOf(id)) {
      const event = await matchingEvent(tunedRules, rule);
      for (const description of descriptions) {
        const holds = await matches(tunedRules, rule, { ...event, description });
        expect({ description, holds }).toEqual({ description, holds: true });
      }
      expect(await matches(tunedRules, rule, { ...event, description: 'Something else' })).toBe(false);
    }
  });

  it.each([...written.keys()])('%s says what it means, why so, and what to do', (id) => {
    const { name, description, severity, tags } = written.get(id) as RuleSection;
    expect({ name, severity, tags }).toEqual({
      name: expect.stringMatching(/\S/),
      severity: expect.any(String),
      tags: expect.arrayContaining([expect.stringMatching(/^attack\.t\d{4}(\.\d{3})?$/)]),
    });
    expect(description).toMatch(/^\S.*\nDefault: .*because .*\nRunbook: [A-Z].*[.?]\s*$/s);
  });

  it.each([...written.keys()])('%s has two tests that alert and two that stay quiet', (id) => {
    const alerts = testsOf(id).map(({ expect: wanted }) => wanted.alerts);
    expect(alerts.filter((count) => count !== undefined && count > 0).length).toBeGreaterThanOrEqual(2);
    expect(alerts.filter((count) => count === 0).length).toBeGreaterThanOrEqual(2);
  });

  it('passes its own tests', async () => {
    const { run, lines } = await failures([...written.keys()], 'rules.yaml', including);
    expect(lines).toEqual([]);
    expect(run).toBe(pack.rules.flatMap(({ tests }) => tests ?? []).length);
  }, 60_000);

  it('passes the tests of what needs filled lists', async () => {
    const { run, lines } = await failures(Object.keys(tuned.overrides), tunedFile, tunedText);
    expect(lines).toEqual([]);
    // The pack's own tests of those rules stand beside the tuned ones, each with the lists of its file.
    expect(run).toBe(Object.keys(tuned.overrides).flatMap((id) => testsOf(id)).length);
  }, 60_000);
});

describe('docs/detections.md', () => {
  it('is up to date with the pack', async () => {
    const check = promisify(execFile)(process.execPath, ['scripts/detections-doc.mjs', '--check']);
    await expect(check).resolves.toMatchObject({ stderr: '' });
  });
});
