import { databases, type TestDatabase } from '../../../test/support/databases.js';
import { AuditStore, type AuditEntry } from './audit-store.js';

const entry = (number: number): AuditEntry => ({
  id: `id-${String(number).padStart(4, '0')}`,
  at: number,
  by: 'ann',
  from: '192.0.2.1',
  action: 'POST /admin/rules/reload',
  status: 200,
});

describe.each(databases)('the audit on $name', ({ open }) => {
  let database: TestDatabase;
  let audit: AuditStore;

  beforeEach(async () => {
    database = await open();
    audit = new AuditStore(database.db);
  });

  afterEach(() => database.close());

  it('is listed newest first, a page at a time', async () => {
    for (const number of [1, 2, 3]) await audit.add(entry(number));
    expect(await audit.list({ limit: 2 })).toEqual([entry(3), entry(2)]);
    expect(await audit.list({ limit: 2, after: 'id-0002' })).toEqual([entry(1)]);
  });

  it('is pruned in small batches', async () => {
    for (let number = 1; number <= 250; number++) await audit.add(entry(number));
    expect(await audit.prune(249)).toBe(true);
    expect(await audit.prune(249)).toBe(false);
    expect((await audit.list({ limit: 10 })).map(({ at }) => at)).toEqual([250, 249]);
  });
});
