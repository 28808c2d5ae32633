import { round } from './measure.js';
import { startRouter } from './router.js';
import { Sender, type SentEvent } from './sender.js';
import { eventsPerBatch } from './workload/batches.js';

const rounds = 3;
const lateEvents = 5;
/** How many values the keys lack. */
const lacking = 10;
const hourMs = 3_600_000;
/** Nothing is posted here. */
const nowhere = 'http://127.0.0.1:9/';

export interface LateEventsRow {
  /** How many values the rule counts to. */
  readonly count: number;
  /** The longest stall of the router's event loop for one event that comes in order. */
  readonly inOrderStallMs: number;
  /** For one that is older than all that its key holds. */
  readonly lateStallMs: number;
  /** For a hundred of those in one batch. */
  readonly lateBatchStallMs: number;
}

/** A count of different values by address, whose key lacks ten values: what a late event costs, on SQLite. The least of several rounds. */
export async function measureLateEvents(): Promise<readonly LateEventsRow[]> {
  const found: (readonly LateEventsRow[])[] = [];
  for (let turn = 0; turn < rounds; turn++) found.push([await measure(1_000), await measure(10_000)]);
  return [1_000, 10_000].map((count, row) => {
    const least = (name: keyof LateEventsRow): number =>
      round(Math.min(...found.map((rows) => rows[row]?.[name] ?? NaN)), 0);
    return {
      count,
      inOrderStallMs: least('inOrderStallMs'),
      lateStallMs: least('lateStallMs'),
      lateBatchStallMs: least('lateBatchStallMs'),
    };
  });
}

async function measure(count: number): Promise<LateEventsRow> {
  const rules = `
version: 1
channels: { security: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules:
  - id: many-users
    match: { types: [fp] }
    channels: [security]
    window: { within: 12h, by: [ip], distinct: { field: user_name, count: ${count} } }
`;
  const router = await startRouter({ rules, slackUrl: nowhere, sampled: true });
  const sender = new Sender(router.url, '198.51.100.1');
  try {
    const now = Date.now();
    const held = count - lacking;
    for (let from = 0; from < held; from += eventsPerBatch) {
      const values = Array.from(
        { length: Math.min(eventsPerBatch, held - from) },
        (_, index) => from + index,
      );
      await sender.send(values.map((value) => ({ user: userOf(value), at: now - hourMs + value })));
    }
    const stall = async (events: readonly SentEvent[]): Promise<number> => {
      await router.ask('forget');
      await sender.send(events);
      return Number(await router.ask('longest'));
    };
    const lateAt = now - 2 * hourMs;
    const [inOrder, late]: [number[], number[]] = [[], []];
    for (let event = 0; event < lateEvents; event++) {
      inOrder.push(await stall([{ user: userOf(event), at: now + event }]));
      late.push(await stall([{ user: userOf(held + event), at: lateAt - event }]));
    }
    const batch = Array.from({ length: eventsPerBatch }, (_, value) => ({
      user: userOf(value),
      at: lateAt - 1_000 - value,
    }));
    return {
      count,
      inOrderStallMs: Math.min(...inOrder),
      lateStallMs: Math.min(...late),
      lateBatchStallMs: await stall(batch),
    };
  } finally {
    sender.close();
    await router.stop();
  }
}

function userOf(value: number): string {
  return `user${value}`;
}
