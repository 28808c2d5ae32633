import type { Command } from 'commander';
import type { Problem } from '../rules/problem.js';
import { runRuleTests, type EventAccount, type TestResult } from '../replay/rule-tests.js';
import { SequentialIds } from '../replay/sequential-ids.js';
import { exitCodes, styled, type CliIo, type ExitCode } from './cli-io.js';
import { inputName } from './input-look.js';
import { defaultRules, loadForCli, refuseRules } from './load-for-cli.js';
import { printable, shownValue } from './printable.js';

/** `test`: runs the tests that rules carry. */
export function addTest(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  program
    .command('test')
    .summary('run the tests in rules files')
    .description(
      'Runs the tests of every rule through the same pipeline as in production, on an empty database.',
    )
    .argument('[rules...]', 'the rules files; - is the standard input', [defaultRules])
    .option('--json', 'print {ok, passed, failed, untested, tests}')
    .addHelpText(
      'after',
      `
Examples:
  $ alert-router test
  $ alert-router test rules.yaml examples/08-throttle.yaml
  $ cat rules.yaml | alert-router test -
  $ alert-router test --json | jq '.tests[] | select(.passed | not)'

A test stands below its rule:

  tests:
    - name: an admin from the office does not alert
      events: [{ type: fu, ip: 203.0.113.9 }, { type: fu, ip: 203.0.113.9, at: +5m }]
      expect: { alerts: 0 }`,
    )
    .action(async (files: readonly string[], { json }: { json?: boolean }) =>
      end(await test(files, json, io)),
    );
}

async function test(files: readonly string[], json: boolean | undefined, io: CliIo): Promise<ExitCode> {
  const all = { untested: [] as string[], tests: [] as TestResult[], errors: [] as Problem[] };
  for (const file of files) {
    const loaded = await loadForCli(file, io);
    if (!loaded.ok) {
      all.errors.push(...loaded.problems);
      if (json !== true) await refuseRules(loaded, json, io);
      continue;
    }
    const results = await runRuleTests(await loaded.testSuites(), new SequentialIds());
    const tested = new Set(results.map(({ rule }) => rule));
    const untested = loaded.rules.rules.map(({ id }) => id).filter((id) => !tested.has(id));
    all.tests.push(...results);
    all.untested.push(...untested);
    if (json !== true) print(files.length > 1 ? inputName(file) : undefined, results, untested, io);
  }
  const { untested, tests, errors } = all;
  const failed = tests.filter((each) => !each.passed).length;
  const ok = failed === 0 && errors.length === 0;
  if (json === true) {
    const found = errors.length > 0 ? { errors } : {};
    io.out(JSON.stringify({ ok, passed: tests.length - failed, failed, untested, tests, ...found }, null, 2));
  }
  return ok ? exitCodes.fine : exitCodes.findings;
}

function print(
  file: string | undefined,
  results: readonly TestResult[],
  untested: readonly string[],
  io: CliIo,
): void {
  if (file !== undefined) io.out(styled(io, 'bold', file));
  for (const rule of new Set(results.map((result) => result.rule)))
    printRule(
      rule,
      results.filter((result) => result.rule === rule),
      io,
    );
  if (untested.length > 0) io.out(styled(io, 'yellow', `without tests: ${untested.join(', ')}`));
  const passed = results.filter((result) => result.passed).length;
  const sum = `${passed} of ${results.length} tests pass`;
  io.out(styled(io, passed === results.length ? 'green' : 'red', sum));
}

function printRule(rule: string, results: readonly TestResult[], io: CliIo): void {
  const ok = results.every(({ passed }) => passed);
  const mark = ok ? styled(io, 'green', '✓') : styled(io, 'red', '✗');
  io.out(`${mark} ${rule} ${styled(io, 'dim', `(${results.length})`)}`);
  for (const { name, problem, differences, events } of results) {
    if (problem === undefined) continue;
    io.out(
      `  ${styled(io, 'red', '✗')} ${name}  ${styled(io, 'dim', `${problem.file}:${problem.line}:${problem.column}`)}`,
    );
    if (differences.length === 0) io.out(`      ${problem.message}`);
    for (const { what, expected, got } of differences) {
      io.out(`      ${what}:`);
      io.out(`        expected ${styled(io, 'green', shownValue(expected, 1_000))}`);
      io.out(`        got      ${styled(io, 'red', shownValue(got, 1_000))}`);
    }
    for (const line of accountLines(events)) io.out(`      ${line}`);
  }
}

/** What the rule made of each event; events with the same outcome share a line. */
function accountLines(events: readonly EventAccount[]): string[] {
  const lines: { text: string; first: string; times: number }[] = [];
  for (const event of events) {
    const text = `${printable(event.type)}: ${verdictOf(event)}`;
    const last = lines.at(-1);
    if (last?.text === text) last.times += 1;
    else lines.push({ text, first: event.at, times: 1 });
  }
  return lines.map(({ text, first, times }) => `${first} ${text}${times > 1 ? ` (${times} times)` : ''}`);
}

/** Why a rule did or didn't alert on an event. */
export function verdictOf({
  matched,
  reason,
  failed,
  value,
}: Omit<EventAccount, 'logId' | 'type' | 'at'>): string {
  if (matched) return reason;
  if (reason === 'stopped') return `not seen: ${printable(failed ?? '')}`;
  const saw = value === undefined ? 'the event has no such value' : `the event has ${shownValue(value)}`;
  return `no match: ${printable(failed ?? '')}, and ${saw}`;
}
