import { Injectable } from '@nestjs/common';
import { QueryWatch } from '../storage/database/query-watch.js';
import { Metrics } from './metrics.js';

/** Counts the database's statements and what they take. */
@Injectable()
export class StatementTimes {
  constructor(queries: QueryWatch, metrics: Metrics) {
    queries.listen((durationMs, failed) => metrics.statementRan(durationMs, failed));
  }
}
