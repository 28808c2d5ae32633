import type { Reason } from '../domain/alerting/decision.js';
import type { Ids } from '../domain/stores.js';
import { dashboardLink } from '../domain/alerting/render-alert.js';
import type { TestSection } from '../rules/schema/test-section.js';
import type { Problem } from '../rules/problem.js';
import type { TestSuite } from '../rules/compile/test-suites.js';
import { checkExpectations, type Difference } from './check-expectations.js';
import { explainEvent, type RuleExplanation } from './explain-events.js';
import { Simulation, type SimulatedEvent } from './simulation.js';
import { testEvents } from './test-events.js';
import type { LoadResult } from '../rules/load-rules.js';

/** What the rule under test made of one event. */
export interface EventAccount extends Omit<RuleExplanation, 'id'> {
  readonly logId: string;
  readonly type: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface TestResult {
  readonly rule: string;
  readonly name: string;
  readonly passed: boolean;
  /** Where the test is written, and in short what is wrong; absent when it passed. */
  readonly problem?: Problem;
  readonly differences: readonly Difference[];
  /** The explanation, event by event; empty when it passed. */
  readonly events: readonly EventAccount[];
}

const linkTo = dashboardLink('https://manage.auth0.com/#');

/** Runs every test through the same pipeline as in production, each from an empty state. */
export async function runRuleTests(suites: readonly TestSuite[], ids: Ids): Promise<TestResult[]> {
  const results: TestResult[] = [];
  for (const suite of suites) {
    for (const [index, test] of suite.tests.entries()) results.push(await runTest(suite, index, test, ids));
  }
  return results;
}

async function runTest(suite: TestSuite, index: number, test: TestSection, ids: Ids): Promise<TestResult> {
  const { rule } = suite;
  const failed = (problem: Problem, differences: Difference[], events: EventAccount[]): TestResult => {
    return { rule, name: test.name, passed: false, problem, differences, events };
  };
  const events = await testEvents(test, suite.folder);
  if (events.kind === 'unreadable') {
    const { at, message } = events;
    const hint = 'check the name, which is relative to the rules file, and that it holds events as JSON';
    return failed(suite.locate(index, { code: 'unreadable-file', at, message, hint }), [], []);
  }
  const simulation = new Simulation(suite.rules, ids, linkTo, events.start);
  const simulated: SimulatedEvent[] = [];
  for (const element of events.elements) {
    const event = await simulation.feed(element);
    if (event !== undefined) simulated.push(event);
  }
  if (events.until !== undefined) await simulation.advance(events.until);

  const alerts = simulation.alerts.filter((alert) => alert.rule === rule);
  const differences = checkExpectations(test.expect, { alerts, reasons: reasonsOf(simulated, rule) });
  if (differences.length === 0) {
    return { rule, name: test.name, passed: true, differences, events: [] };
  }
  const fault = { code: 'failing-test', at: [], ...wordsOf(test.name, differences) } as const;
  const accounts = await Promise.all(simulated.map((each) => accountOf(simulation, each, rule)));
  return failed(suite.locate(index, fault), differences, accounts);
}

function reasonsOf(simulated: readonly SimulatedEvent[], rule: string): ReadonlyMap<Reason, number> {
  const counts = new Map<Reason, number>();
  for (const decision of simulated.flatMap(({ raised }) => raised.decisions)) {
    if (decision.rule === rule) counts.set(decision.reason, (counts.get(decision.reason) ?? 0) + 1);
  }
  return counts;
}

async function accountOf(
  simulation: Simulation,
  simulated: SimulatedEvent,
  rule: string,
): Promise<EventAccount> {
  const { event } = simulated;
  const { rules } = explainEvent(simulated, await simulation.explain(event));
  const { id: _id, ...account } = rules.find(({ id }) => id === rule) as RuleExplanation;
  return { logId: event.logId, type: event.type, at: new Date(event.at).toISOString(), ...account };
}

function wordsOf(name: string, differences: readonly Difference[]): { message: string; hint: string } {
  const words = differences.map(
    ({ what, expected, got }) => `${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`,
  );
  return {
    message: `the test "${name}" fails: ${words.join('; ')}`,
    hint: 'run alert-router test to see what the rule made of each event; then correct the rule or the test',
  };
}

/** A load that is good only if its tests are: those that fail are its problems then. */
export async function requireTests(loaded: LoadResult, ids: Ids): Promise<LoadResult> {
  if (!loaded.ok) return loaded;
  const results = await runRuleTests(await loaded.testSuites(), ids);
  const problems = results.flatMap(({ problem }) => problem ?? []);
  const { warnings, notes, files } = loaded;
  return problems.length === 0 ? loaded : { ok: false, problems, warnings, notes, files };
}
