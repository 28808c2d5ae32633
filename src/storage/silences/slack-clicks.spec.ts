import { KyselyTransactions } from '../database/kysely-transactions.js';
import { pruneSlackClicks } from './slack-clicks-store.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';

const now = Date.UTC(2026, 10, 20, 12);

describe.each(databases)('clicks in Slack on $name', ({ open }) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
  });

  afterEach(() => database.close());

  const record = (signature: string, at = now): Promise<boolean> =>
    new KyselyTransactions(database.db).run(({ slackClicks }) => slackClicks.record(signature, at));

  it('are new once, also for several replicas at once and after a restart', async () => {
    const asked = await Promise.all(['a', 'a', 'a', 'b'].map((signature) => record(signature)));
    expect(asked.filter((isNew) => isNew)).toHaveLength(2);
    await database.reopen();
    expect([await record('a'), await record('b'), await record('c')]).toEqual([false, false, true]);
  });

  it('are new again when what they do was not committed', async () => {
    const failed = new KyselyTransactions(database.db).run(async ({ slackClicks }) => {
      await slackClicks.record('a', now);
      throw new Error('cut off');
    });
    await expect(failed).rejects.toThrow('cut off');
    expect(await record('a')).toBe(true);
  });

  it('are forgotten in small batches once they are old', async () => {
    for (let index = 0; index < 201; index++) await record(`old-${index}`, now - 1);
    await record('new');
    expect(await pruneSlackClicks(database.db, now)).toBe(true);
    expect(await pruneSlackClicks(database.db, now)).toBe(false);
    const rows = await database.db.selectFrom('slack_clicks').select('signature').execute();
    expect(rows).toEqual([{ signature: 'new' }]);
  });
});
