import { sql, type Kysely, type Selectable } from 'kysely';
import type { Severity } from '../../domain/alert.js';
import type { EndedSilence, Silence } from '../../domain/alerting/silence.js';
import { Silences } from '../../domain/stores.js';
import { isPostgres, skipLocked } from '../database/dialect.js';
import type { Database, SilencesTable } from '../database/schema.js';

/** The silences as one transaction sees them: read once, however many batches share it. */
export class SilencesStore extends Silences {
  private running: Promise<readonly Silence[]> | undefined;

  constructor(private readonly db: Kysely<Database>) {
    super();
  }

  override async inForce(now: number): Promise<readonly Silence[]> {
    return (await this.open(now)).filter(({ startsAt = 0 }) => startsAt <= now);
  }

  override async countOpen(now: number): Promise<number> {
    return (await this.open(now)).length;
  }

  override async extend(id: string, endsAt: number): Promise<Silence | undefined> {
    this.running = undefined;
    const row = await this.db
      .updateTable('silences')
      .set((eb) => ({
        ends_at: eb.case().when('ends_at', '<', endsAt).then(endsAt).else(eb.ref('ends_at')).end(),
      }))
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
    return row && silenceOf(row);
  }

  override async add(silence: Silence): Promise<void> {
    this.running = undefined;
    await this.db
      .insertInto('silences')
      .values({
        id: silence.id,
        rule: silence.rule ?? null,
        fields: silence.fields === undefined ? null : JSON.stringify(silence.fields),
        severity: silence.severity === undefined ? null : JSON.stringify(silence.severity),
        tags: silence.tags === undefined ? null : JSON.stringify(silence.tags),
        owner: silence.owner ?? null,
        starts_at: silence.startsAt ?? null,
        reason: silence.reason,
        author: silence.author,
        created_at: silence.createdAt,
        ends_at: silence.endsAt,
      })
      .execute();
  }

  override async count(silenced: ReadonlyMap<string, number>): Promise<void> {
    // Always in the same order, so that two replicas can't wait for each other.
    for (const [id, count] of [...silenced].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      await this.db
        .updateTable('silences')
        .set({ silenced: sql`silenced + ${count}` })
        .where('id', '=', id)
        .execute();
    }
  }

  override async end(id: string, now: number): Promise<EndedSilence | undefined> {
    this.running = undefined;
    const row = await this.db
      .updateTable('silences')
      .set({ ended_at: now })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
    return row && endedOf(row);
  }

  override async endDue(now: number): Promise<readonly EndedSilence[]> {
    this.running = undefined;
    const rows = await this.db
      .updateTable('silences')
      .set({ ended_at: now })
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('silences')
          .select('id')
          .where('ended_at', 'is', null)
          .where('ends_at', '<=', now)
          // One that a batch is just counting for is ended the next time.
          .$if(isPostgres(this.db), skipLocked),
      )
      .returningAll()
      .execute();
    return rows.sort((a, b) => a.ends_at - b.ends_at).map(endedOf);
  }

  private async open(now: number): Promise<readonly Silence[]> {
    this.running ??= this.read();
    return (await this.running).filter(({ endsAt }) => endsAt > now);
  }

  private async read(): Promise<readonly Silence[]> {
    const rows = await this.db
      .selectFrom('silences')
      .selectAll()
      .where('ended_at', 'is', null)
      .orderBy('id')
      .execute();
    return rows.map(silenceOf);
  }
}

export function silenceOf(row: Selectable<SilencesTable>): Silence {
  return {
    id: row.id,
    rule: row.rule ?? undefined,
    fields: row.fields === null ? undefined : (JSON.parse(row.fields) as Record<string, unknown>),
    severity: row.severity === null ? undefined : (JSON.parse(row.severity) as Severity[]),
    tags: row.tags === null ? undefined : (JSON.parse(row.tags) as string[]),
    owner: row.owner ?? undefined,
    reason: row.reason,
    author: row.author,
    startsAt: row.starts_at ?? undefined,
    createdAt: row.created_at,
    endsAt: row.ends_at,
  };
}

function endedOf(row: Selectable<SilencesTable>): EndedSilence {
  return { ...silenceOf(row), silenced: row.silenced, early: (row.ended_at ?? 0) < row.ends_at };
}
