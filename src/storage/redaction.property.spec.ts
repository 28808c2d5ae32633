import * as fc from 'fast-check';
import type { Kysely } from 'kysely';
import { fingerprintWith } from '../app/fingerprint.js';
import type { LogEvent } from '../domain/event.js';
import { Pipeline } from '../domain/pipeline.js';
import { redactions, type Redaction } from '../domain/redaction.js';
import { Correlator } from '../domain/windows/correlator.js';
import { windowRules } from '../domain/alerting/window-stage.js';
import { payloadOf } from '../notify/slack/payload.js';
import { loadRules } from '../rules/load-rules.js';
import { CountingIds } from '../../test/support/counting-ids.js';
import { databases, type TestDatabase } from '../../test/support/databases.js';
import { KyselyTransactions } from './database/kysely-transactions.js';
import type { Database } from './database/schema.js';

const now = Date.UTC(2026, 0, 15, 12);

/** Rules of every kind that store or show something of an event: all of it, where a template can. */
const rules = `
version: 1
defaults: { channels: [hook] }
channels:
  hook: { console: true }
  strict: { console: true, redact: { user_name: drop, ip: drop, user_id: drop, connection: drop } }
templates:
  default:
    title: "{{ event | json }} {{ event.user_name }} {% if window %}{{ window | json }}{% endif %}"
    text: "{% if window %}{{ window.samples | json }} {{ window.values | join: ',' }} {{ window.key }}{% endif %}"
    fields: { User: "{{ event.user_id }}", Body: "{{ event.details.request.body | json }}", IP: "{{ event.ip }}" }
rules:
  - { id: each, match: {}, channels: [hook, strict, "team-{{ event.user_name }}"] }
  - { id: throttled, match: {}, throttle: { every: 1h, by: [user_name, ip, "{{ event.user_id }}"] } }
  - { id: grouped, match: {}, channels: [hook, strict], group: { by: [user_name, "{{ event.ip }}"], wait: 30s } }
  - { id: counted, match: {}, channels: [hook, strict], window: { within: 1h, by: [user_name, "{{ event.ip }}"], count: 2 } }
  - { id: distinct-users, match: {}, channels: [hook, strict], window: { within: 1h, distinct: { field: user_name, count: 2 } } }
  - { id: distinct-bodies, match: {}, window: { within: 1h, by: [ip], distinct: { field: details.request.body, count: 2 } } }
  - { id: new-address, match: {}, window: { by: [user_id], new: { field: ip, learn: 1s } } }
  - id: steps
    match: {}
    window: { within: 1h, by: [user_id], sequence: [{ types: [f] }, { types: [f] }] }
  - { id: unfollowed, match: {}, channels: [hook, strict], window: { within: 1m, by: [user_name], missing: { types: [never] } } }
`;

const fields = ['user_name', 'user_id', 'ip', 'details.request.body', 'connection'] as const;

interface Person {
  readonly user_name: string;
  readonly user_id: string;
  readonly ip: string;
  readonly body: string;
  readonly connection: readonly string[];
}

/** Everything about a person has a part of its own that occurs nowhere else. */
function person(number: number): Person {
  const name = `secret${number}person`;
  return {
    user_name: number % 2 === 0 ? `x${name}@example.com` : `x${name}`,
    user_id: `auth0|x${name}`,
    ip: number % 3 === 0 ? `2001:db8:7::${number + 4096}` : `198.51.100.${200 + number}`,
    body: `x${name}`,
    connection: [`x${name}`, 'other'],
  };
}

/** What no output may hold of a person, by the field that it comes from. */
function secretsOf({ user_name: user, ip }: Person): readonly string[] {
  return [/secret\d+person/.exec(user)?.[0] ?? '', ip.replace(/^2001:db8:7::/, '::')];
}

function eventOf(who: Person, at: number): LogEvent {
  const { body, ...rest } = who;
  const data = {
    type: 'f',
    log_id: `log-${at}`,
    ...rest,
    details: { request: { body: { email: body } } },
  };
  return { logId: `log-${at}`, type: 'f', at, data };
}

async function everythingIn(db: Kysely<Database>): Promise<string> {
  const tables = await db.introspection.getTables();
  const rows: unknown[] = [];
  for (const { name } of tables)
    rows.push(
      await db
        .selectFrom(name as keyof Database)
        .selectAll()
        .execute(),
    );
  return JSON.stringify(rows);
}

/** So that each stream is looked at alone. */
async function emptyTables(db: Kysely<Database>): Promise<void> {
  for (const { name } of await db.introspection.getTables())
    if (name !== 'schema_info') await db.deleteFrom(name as keyof Database).execute();
}

const people = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 6 });
const choices = fc.tuple(...fields.map(() => fc.constantFrom(...redactions)));

describe.each(databases)('what is redacted, on $name', ({ open }) => {
  let database: TestDatabase;
  let days = 0;
  const ids = new CountingIds();

  beforeAll(async () => {
    database = await open();
  });

  afterAll(() => database.close());

  it('is in no table, no message and no name that is reported', async () => {
    await fc.assert(
      fc.asyncProperty(people, choices, async (numbers, chosen) => {
        const redact = Object.fromEntries(fields.map((field, index) => [field, chosen[index] as Redaction]));
        const loaded = await loadRules(
          'rules.yaml',
          { redactKey: 'a key that only tests have' },
          `${rules}\nredact: ${JSON.stringify(redact)}`,
        );
        if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
        // Each stream has a day of its own in the same database.
        const start = now + days++ * 86_400_000;
        const { db } = database;
        const fingerprint = fingerprintWith('a key that only tests have');
        const pipeline = new Pipeline(
          loaded.rules,
          new Correlator(fingerprint),
          ids,
          (logId) => `https://auth0.example/${logId}`,
        );
        const transactions = new KyselyTransactions(db);
        await transactions.run(({ windows }) => windows.load(windowRules(loaded.rules), start));
        const results = [];
        for (const [index, number] of numbers.entries()) {
          const matches = await pipeline.match([eventOf(person(number), start + index * 1000)]);
          results.push(
            await transactions.run((stores) => pipeline.raise(matches, stores, start + index * 1000)),
          );
        }
        results.push(await transactions.run((stores) => pipeline.raiseDue(stores, start + 3_600_000)));
        const alerts = results.flatMap((result) => result.alerts);
        expect(alerts.some(({ rule }) => rule === 'unfollowed')).toBe(true);
        const shown = JSON.stringify([
          await everythingIn(db),
          alerts,
          alerts.map(({ content }) => payloadOf({ kind: 'alert', alerts: [content] })),
          results.map(({ unknownChannels, templateFailures }) => [...unknownChannels, ...templateFailures]),
        ]);
        await emptyTables(db);
        for (const secret of numbers.flatMap((number) => secretsOf(person(number))))
          expect([secret, shown.includes(secret)]).toEqual([secret, false]);
      }),
      { numRuns: 60 },
    );
  });
});
