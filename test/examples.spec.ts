import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadRules } from '../src/rules/load-rules.js';
import { runRuleTests } from '../src/replay/rule-tests.js';
import { SequentialIds } from '../src/replay/sequential-ids.js';

const files = readdirSync('examples').filter((name) => name.endsWith('.yaml'));

describe('examples/', () => {
  it('is numbered without a gap, from the simplest on', () => {
    expect(files.map((name) => Number(name.slice(0, 2)))).toEqual(files.map((_, index) => index + 1));
  });

  it.each(files)('%s is valid, and each of its rules is shown to alert and to be quiet', async (name) => {
    const loaded = await loadRules(`examples/${name}`, {});
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 2));
    expect(loaded.warnings).toEqual([]);
    const suites = await loaded.testSuites();
    const results = await runRuleTests(suites, new SequentialIds());
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
    // What the pack is shown to do is its own business.
    const own = suites.filter(({ folder }) => folder.path === resolve('examples'));
    const shown = own.map(({ rule, tests }) => ({
      rule,
      alerts: tests.some(({ expect: { alerts = 0 } }) => alerts > 0),
      quiet: tests.some(({ expect: { alerts, suppressed } }) => alerts === 0 || suppressed !== undefined),
    }));
    expect(shown.filter(({ alerts, quiet }) => !alerts || !quiet)).toEqual([]);
    const untested = loaded.rules.rules.filter(({ id }) => !suites.some(({ rule }) => rule === id));
    expect(untested).toEqual([]);
  });
});
