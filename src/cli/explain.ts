import { Option, type Command } from 'commander';
import { dashboardLink } from '../domain/alerting/render-alert.js';
import { explainEvents, type Explanation } from '../replay/explain-events.js';
import { suggest } from '../rules/nearest.js';
import { SequentialIds } from '../replay/sequential-ids.js';
import { exitCodes, styled, UsageError, type CliIo, type ExitCode } from './cli-io.js';
import { readElements } from './input.js';
import { defaultRules, loadForCli, refuseRules } from './load-for-cli.js';
import { printable } from './printable.js';
import { verdictOf } from './test.js';

interface ExplainOptions {
  readonly rules: string;
  readonly until?: string;
  readonly rule?: string;
  readonly matched?: boolean;
  readonly json?: boolean;
}

/** `explain`: why events alert, or don't. */
export function addExplain(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  program
    .command('explain')
    .summary('say why events alert, or do not')
    .description(
      'Runs events through the rules in order and says for each rule why it alerts, or what failed.',
    )
    .argument('<events>', 'a file of events as Auth0 sends them, or - for the standard input')
    .addOption(new Option('--rules <file>', 'the rules file').default(defaultRules))
    .option('--until <date>', 'what the clock says at the end, in ISO 8601')
    .option('--rule <id>', 'show nothing but this rule; the others still run')
    .option('--matched', 'show nothing but rules that matched, and events that one did')
    .option('--json', 'print {results, alerts}, as POST /admin/rules/explain answers')
    .addHelpText(
      'after',
      `
Examples:
  $ alert-router explain examples/events/twenty-failures.jsonl --matched
  $ echo '{"type": "fu", "ip": "203.0.113.9"}' | alert-router explain -
  $ alert-router explain event.json --rules examples/08-throttle.yaml --json | jq '.alerts[].payload'`,
    )
    .action(async (file: string, options: ExplainOptions) => end(await explain(file, options, io)));
}

async function explain(file: string, options: ExplainOptions, io: CliIo): Promise<ExitCode> {
  const { rules, until, rule, json } = options;
  const end = until === undefined ? undefined : Date.parse(until);
  if (Number.isNaN(end)) throw new UsageError(`--until ${until} is not a date; write 2026-11-20T09:00:00Z`);
  const elements = await readElements(file, io);
  const loaded = await loadForCli(rules, io);
  if (!loaded.ok) return refuseRules(loaded, json, io);
  const ids = loaded.rules.rules.map(({ id }) => id);
  if (rule !== undefined && !ids.includes(rule))
    throw new UsageError(`--rule ${rule}: ${suggest(rule, ids, 'there is no such rule')}`);
  const link = dashboardLink(io.environment['AUTH0_DASHBOARD_URL'] || 'https://manage.auth0.com/#');
  const explanation = await explainEvents(elements, loaded.rules, new SequentialIds(), link, Date.now(), end);
  const shown = filtered(explanation, options);
  if (json === true) io.out(JSON.stringify(shown, null, 2));
  else print(shown, elements.length - explanation.results.length, elements.length, io);
  return exitCodes.fine;
}

/** What `--rule` and `--matched` leave of an explanation. */
function filtered({ results, alerts }: Explanation, { rule, matched }: ExplainOptions): Explanation {
  const ofRule = (id: string): boolean => rule === undefined || id === rule;
  const kept = results.map(({ logId, rules }) => ({
    logId,
    rules: rules.filter((each) => ofRule(each.id) && (matched !== true || each.matched)),
  }));
  return {
    results: matched === true ? kept.filter(({ rules }) => rules.length > 0) : kept,
    alerts: alerts.filter((alert) => ofRule(alert.rule)),
  };
}

function print({ results, alerts }: Explanation, noEvents: number, elements: number, io: CliIo): void {
  for (const { logId, rules } of results) {
    io.out(styled(io, 'bold', printable(logId)));
    for (const rule of rules) {
      const mark =
        rule.decision === 'sent' ? styled(io, 'green', '✓') : rule.matched ? styled(io, 'yellow', '-') : '✗';
      io.out(`  ${mark} ${rule.id}: ${verdictOf(rule)}`);
    }
  }
  if (noEvents > 0) io.err(`${noEvents} of ${elements} elements are no events: they have no type`);
  io.out('');
  io.out(alerts.length === 0 ? 'No alerts.' : `Alerts: ${alerts.length}`);
  for (const { rule, channels, at, title } of alerts) {
    io.out(`  ${at} ${styled(io, 'bold', printable(title))}`);
    io.out(`    ${rule} to ${channels.join(', ')}`);
  }
}
