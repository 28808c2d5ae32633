import type { BacktestResult } from './backtest.js';
import type { HttpResult } from './http.js';
import type { LateEventsRow } from './late-events.js';
import type { MatchRow } from './match.js';
import { round } from './measure.js';
import type { ProcessResult } from './process.js';
import type { ReplicasResult } from './replicas.js';
import type { StallsResult } from './stalls.js';
import type { StormResult } from './storm.js';
import type { StuffingResult } from './stuffing.js';
import type { WindowCostRow } from './window-cost.js';

/** What a whole run measured, as far as there are aims for it. */
export interface Measured {
  readonly match: readonly MatchRow[];
  readonly http: HttpResult;
  readonly windowCost: readonly WindowCostRow[];
  readonly lateEvents: readonly LateEventsRow[];
  readonly stuffing: StuffingResult;
  readonly backtest: BacktestResult;
  readonly replicas: ReplicasResult;
  readonly process: ProcessResult;
  readonly stalls: StallsResult;
  readonly storm: StormResult;
}

export interface Aim {
  readonly what: string;
  readonly aim: string;
  /** Undefined where the system does not report it. */
  readonly measured: number | undefined;
  readonly reached: boolean | undefined;
}

/** What the project wants to reach, and whether this run did. */
export function aimsOf(measured: Measured): readonly Aim[] {
  return [...aimsOfMatching(measured), ...aimsOfWindows(measured), ...aimsOfTheProcess(measured)];
}

function aimsOfMatching({ match, http }: Measured): readonly Aim[] {
  const few = match.find(({ rules, matching }) => rules === 10 && matching === '2 %');
  const some = match.find(({ rules, matching }) => rules === 200 && matching === '2 %');
  const many = match.find(({ rules, matching }) => rules === 1_000 && matching === '2 %');
  const growth = many && few && round(many.routerMicros / few.routerMicros);
  return [
    atMost('200 rules, 2 % matching, to JSON.parse of the events', 1, some?.routerToParse),
    atMost('1,000 rules to 10, 2 % matching', 1.5, growth),
    atLeast('json-rules-engine alone to the router, 200 rules, 2 % matching', 500, some?.plainToRouter),
    atLeast('HTTP, nothing matching: batches a second to bare Fastify', 0.9, http.routerToBareFastify),
    atLeast('HTTP, one match, SQLite: batches a second to Express', 2, http.routerToExpress),
    atLeast(
      'HTTP, every event alerting, SQLite: batches a second to Express',
      0.5,
      http.routerToExpressEvery,
    ),
  ];
}

function aimsOfWindows({ windowCost, lateEvents, stuffing, backtest, replicas }: Measured): readonly Aim[] {
  const warm = windowCost.filter(({ key }) => key === 'warm');
  const few = warm.find(({ holds }) => holds === 100);
  const many = warm.find(({ holds }) => holds === 10_000);
  const two = replicas.rows.find((row) => row.replicas === 2);
  const { held } = replicas;
  return [
    atMost('a windowed event to JSON.parse, its key holding 100', 20, few?.toParse),
    atMost('a windowed event to JSON.parse, its key holding 10,000', 20, many?.toParse),
    atMost(
      'a windowed event, its key holding 10,000, to 100',
      1.3,
      many && few && round(many.microsPerEvent / few.microsPerEvent),
    ),
    atMost('longest stall for a late event among 10,000 values, ms', 50, lateEvents.at(-1)?.lateStallMs),
    atLeast('credential stuffing, the pack: events a second to Express', 0.5, stuffing.routerToExpress),
    atLeast(
      `credential stuffing: the last of ${stuffing.events} events to the first`,
      0.9,
      stuffing.lastToFirst,
    ),
    atMost('backtest with the pack, to reading and parsing', 8, backtest.backtestToParse),
    atLeast('two replicas, batches of different keys: events a second to one', 1.6, two?.toOne),
    atMost(
      'slowest answer on other keys, to the transaction that another replica holds',
      0.25,
      round(held.otherKeysMs / held.heldMs),
    ),
  ];
}

function aimsOfTheProcess({ http, process, stalls, storm }: Measured): readonly Aim[] {
  const loads = http.rows.filter(({ server }) => server.startsWith('router')).map(({ memoryMb }) => memoryMb);
  const known = loads.filter((memory) => memory !== undefined);
  const loaded = known.length === 0 ? undefined : Math.max(...known);
  return [
    atMost('10,000 alerts: seconds until all are shown', 15, storm.secondsUntilAllShown),
    atMost('10,000 alerts: answers 429', 2, storm.rateLimited),
    atMost('memory idle, MB', 120, process.idleMemoryAfter5sMb),
    atMost('memory under the heaviest load, MB', 250, loaded),
    atMost('start to listening, ms', 1_000, process.startMs),
    atMost('longest stall in a reload of 1,000 rules, ms', 50, stalls.reloadStallMs),
    atMost('longest stall in a prune, ms', 50, Math.max(stalls.pruneStallMs, stalls.pruneDigestsStallMs)),
    atMost('longest stall in a digest of 10,000, ms', 50, stalls.digestStallMs),
  ];
}

function atMost(what: string, limit: number, measured: number | undefined): Aim {
  return {
    what,
    aim: `at most ${limit}`,
    measured,
    reached: measured === undefined ? undefined : measured <= limit,
  };
}

function atLeast(what: string, limit: number, measured: number | undefined): Aim {
  return {
    what,
    aim: `at least ${limit}`,
    measured,
    reached: measured === undefined ? undefined : measured >= limit,
  };
}
