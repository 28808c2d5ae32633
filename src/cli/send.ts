import { Option, type Command } from 'commander';
import { ExportCounts } from '../replay/read-events.js';
import { exitCodes, styled, type CliIo, type ExitCode } from './cli-io.js';
import { eventsIn, openInput, skippedWarnings } from './input.js';
import { requestRouter, urlOption } from './router-client.js';

/** Auth0 sends no more than this in one batch. */
const batchSize = 100;

interface SendOptions {
  readonly url: string;
  readonly token?: string;
  readonly json?: boolean;
}

interface Sent {
  events: number;
  batches: number;
  /** How many batches were answered so. */
  readonly statuses: Record<string, number>;
}

/** `send`: posts events to a running router. */
export function addSend(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  program
    .command('send')
    .summary('post events to a running router')
    .description(
      'Posts a file of events to a running router in batches, as Auth0 does, and stops at the first refusal.',
    )
    .argument(
      '<events>',
      'JSON lines or a JSON array of events, packed by gzip or not; or - for the standard input',
    )
    .addOption(urlOption())
    .addOption(
      new Option('--token <token>', 'the Authorization value of the log stream').env(
        'AUTH0_LOG_STREAM_TOKEN',
      ),
    )
    .option('--json', 'print {events, batches, statuses}')
    .addHelpText(
      'after',
      `
Examples:
  $ AUTH0_LOG_STREAM_TOKEN=secret alert-router send logs.jsonl
  $ alert-router send logs.json --url https://alerts.example.com --token secret`,
    )
    .action(async (file: string, options: SendOptions) => end(await send(file, options, io)));
}

async function send(file: string, { url, token, json }: SendOptions, io: CliIo): Promise<ExitCode> {
  // Of several tokens, separated for rotation, any one will do.
  const [authorization = ''] = (token ?? '').split(',');
  const sent: Sent = { events: 0, batches: 0, statuses: {} };
  const counts = new ExportCounts();
  let refusal: string | undefined;
  for await (const { events } of eventsIn(await openInput(file, io), file, counts)) {
    for (let from = 0; from < events.length && refusal === undefined; from += batchSize) {
      const batch = events.slice(from, from + batchSize);
      const body = batch.map(({ logId, data }) => ({ log_id: logId, data }));
      refusal = await post(url, authorization.trim(), body, sent);
    }
    if (refusal !== undefined) break;
  }
  if (json === true) io.out(JSON.stringify(sent, null, 2));
  else io.out(styled(io, 'green', summaryOf(sent)));
  for (const warning of skippedWarnings(counts)) io.err(styled(io, 'yellow', warning));
  if (refusal !== undefined) io.err(styled(io, 'red', refusal));
  return refusal === undefined ? exitCodes.fine : exitCodes.findings;
}

/** Posts one batch; gives the reason when it was not taken. */
async function post(
  url: string,
  authorization: string,
  batch: readonly unknown[],
  sent: Sent,
): Promise<string | undefined> {
  const answer = await requestRouter(url, '/api/logs', { method: 'POST', authorization, data: batch });
  if (answer.kind === 'no-answer') return answer.why;
  const { status, body } = answer;
  sent.statuses[status] = (sent.statuses[status] ?? 0) + 1;
  sent.batches += 1;
  if (status === 200 || status === 204) {
    sent.events += batch.length;
    return undefined;
  }
  if (status === 401) return `${url} answered 401: give its token with --token or AUTH0_LOG_STREAM_TOKEN`;
  return `${url} answered ${status}: ${JSON.stringify(body).slice(0, 200)}`;
}

function summaryOf({ events, statuses }: Sent): string {
  const [matched, unmatched] = [statuses['200'] ?? 0, statuses['204'] ?? 0];
  return `sent ${events} events; a rule matched in ${matched} of ${matched + unmatched} batches`;
}
