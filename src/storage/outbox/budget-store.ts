import type { Kysely } from 'kysely';
import { severities } from '../../domain/alert.js';
import { capacityWithin, takeFromBudget, type Rate } from '../../domain/alerting/budget.js';
import { isPostgres } from '../database/dialect.js';
import type { Database } from '../database/schema.js';

/** A rate limit that several channels may share, such as two names for one webhook. */
export interface Budget {
  readonly name: string;
  readonly rate: Rate;
  /** Several channels take from it: where it is short, the more severe messages go first. */
  readonly shared?: boolean;
}

/** A budget that several channels share, as it lets them out one by one. */
export interface SharedBudgetWait {
  readonly name: string;
  /** How severe the waiting message is, as its place in {@link severities}. */
  readonly rank: number;
  readonly intervalMs: number;
}

export interface Taken {
  /** How long (ms) until there is room in all budgets; 0: a message was taken from each. */
  readonly waitMs: number;
  /** The shared budget that has no room before then. */
  readonly shared?: SharedBudgetWait;
}

const maxSevere = severities.length - 1;

/**
 * Takes one message from every budget, or from none and says how long until there is room in all.
 *
 * @param rank how severe the message is, as its place in {@link severities}: of a shared budget it leaves one message for
 *   each severity above its own, so that severe messages never wait for less severe ones.
 */
export async function takeFromBudgets(
  tx: Kysely<Database>,
  budgets: readonly Budget[],
  now: number,
  rank = maxSevere,
): Promise<Taken> {
  const above = maxSevere - rank;
  const used = await readBudgets(tx, budgets, isPostgres(tx));
  const taken = budgets.map(({ name, rate, shared }) => ({
    name,
    ...takeFromBudget(used.get(name) ?? 0, rate, now, shared === true ? Math.min(above, rate.burst - 1) : 0),
  }));
  const waitMs = Math.max(0, ...taken.map((budget) => budget.waitMs));
  for (const { name, usedUntil, waitMs: ownWaitMs } of taken) {
    // Nothing is taken while one of them must wait, but what a clock of the future wrote is brought back all the same.
    const stored = used.get(name) ?? 0;
    const next = waitMs === 0 || ownWaitMs > 0 ? usedUntil : stored;
    if (next !== stored) await writeBudget(tx, name, next);
  }
  const short = budgets.find(({ shared }, index) => shared === true && taken[index]?.waitMs === waitMs);
  if (waitMs === 0 || short === undefined) return { waitMs };
  return { waitMs, shared: { name: short.name, rank, intervalMs: 1_000 / short.rate.perSecond } };
}

async function writeBudget(tx: Kysely<Database>, name: string, usedUntil: number): Promise<void> {
  await tx
    .insertInto('budgets')
    .values({ name, used_until: usedUntil })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ used_until: usedUntil }))
    .execute();
}

/** How many messages could go out within that time. */
export async function budgetCapacity(
  db: Kysely<Database>,
  budgets: readonly Budget[],
  now: number,
  withinMs: number,
): Promise<number> {
  const used = await readBudgets(db, budgets, false);
  return Math.min(
    ...budgets.map(({ name, rate }) => capacityWithin(used.get(name) ?? 0, rate, now, withinMs)),
  );
}

/** `lock`: until the transaction ends, so that two channels never take the same message of a budget. */
async function readBudgets(
  db: Kysely<Database>,
  budgets: readonly Budget[],
  lock: boolean,
): Promise<ReadonlyMap<string, number>> {
  if (budgets.length === 0) return new Map();
  const names = budgets.map(({ name }) => name);
  const rows = await db
    .selectFrom('budgets')
    .selectAll()
    .where('name', 'in', names)
    .$if(lock, (query) => query.orderBy('name').forUpdate())
    .execute();
  return new Map(rows.map((row) => [row.name, row.used_until]));
}
