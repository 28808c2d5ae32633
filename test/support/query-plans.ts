import Libsql from 'libsql';
import { CompiledQuery, createQueryId, type Kysely, type KyselyPlugin, type RootOperationNode } from 'kysely';
import { sqlitePath } from '../../src/storage/database/open-database.js';
import type { Database } from '../../src/storage/database/schema.js';
import type { TestDatabase } from './databases.js';

/** Remembers the statements that run through a database. */
export class RecordedStatements {
  readonly db: Kysely<Database>;
  private readonly nodes: RootOperationNode[] = [];

  constructor(private readonly database: TestDatabase) {
    const plugin: KyselyPlugin = {
      transformQuery: ({ node }) => {
        this.nodes.push(node);
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    };
    this.db = database.db.withPlugin(plugin);
  }

  /** How many there were, subqueries too, since the plans were last asked for. */
  get count(): number {
    return this.nodes.length;
  }

  /** How the database would run each of the statements now, as its `explain` says, one text a statement. */
  async plans(): Promise<readonly string[]> {
    const statements = this.nodes
      .splice(0)
      .map((node) => this.database.db.getExecutor().compileQuery(node, createQueryId()));
    const path = sqlitePath(this.database.url);
    return path === undefined ? this.postgresPlans(statements) : sqlitePlans(path, statements);
  }

  private async postgresPlans(statements: readonly CompiledQuery[]): Promise<readonly string[]> {
    const plans: string[] = [];
    for (const statement of statements) {
      const asked = CompiledQuery.raw(`explain (costs off) ${statement.sql}`, [...statement.parameters]);
      const { rows } = await this.database.db.executeQuery<Record<string, unknown>>(asked);
      plans.push(rows.map((row) => String(row['QUERY PLAN'])).join('\n'));
    }
    return plans;
  }
}

/** On a connection of its own: to Kysely's, what explains a change is no query. */
function sqlitePlans(path: string, statements: readonly CompiledQuery[]): readonly string[] {
  const database = new Libsql(path);
  try {
    return statements.map((statement) =>
      database
        .prepare(`explain query plan ${statement.sql}`)
        .all(...statement.parameters)
        .map((row) => (row as { detail: string }).detail)
        .join('\n'),
    );
  } finally {
    database.close();
  }
}
