import { databases, type TestDatabase } from '../../../test/support/databases.js';
import { FakeClock } from '../../../test/support/fake-clock.js';
import type { Deliverer } from '../../delivery/deliverer.js';
import type { Notice } from '../../domain/alerting/message.js';
import type { OpsNotices } from '../../operations/ops-notices.js';
import { TenantLogsStore, type ReadFailure } from '../../storage/tenant-logs/tenant-logs-store.js';
import type { PageFailure } from './log-reader.js';
import { ReadFailures } from './read-failures.js';

const domain = 'acme.eu.auth0.com';
const minute = 60_000;

describe.each(databases)('what keeps the logs from being read, on $name', ({ open }) => {
  let database: TestDatabase;
  let clock: FakeClock;
  let told: string[];
  let failures: ReadFailures;

  beforeEach(async () => {
    database = await open();
    clock = new FakeClock();
    told = [];
    const notices = {
      add: (_outbox: unknown, notice: Omit<Notice, 'at'>) => {
        told.push(notice.title);
        return Promise.resolve(['ops']);
      },
    };
    const deliverer = { wake: () => undefined };
    failures = new ReadFailures(
      database.db,
      notices as unknown as OpsNotices,
      deliverer as unknown as Deliverer,
      clock,
    );
    await new TenantLogsStore(database.db, domain).begin({ logId: undefined, at: clock.now() });
  });

  afterEach(() => database.close());

  const stored = async (): Promise<ReadFailure | undefined> =>
    (await new TenantLogsStore(database.db, domain).read())?.failure;
  const fail = async (failure: PageFailure): Promise<void> =>
    failures.failed(domain, await stored(), failure);
  const unavailable = { kind: 'unavailable', error: 'timeout' } as const;
  const unauthorized = { kind: 'unauthorized', error: 'status 401' } as const;

  it('is told once, and when it is over', async () => {
    for (let tries = 0; tries < 3; tries += 1) await fail(unauthorized);
    expect(told).toEqual(["The tenant's logs can't be read"]);
    await failures.worked(domain, await stored());
    await failures.worked(domain, await stored());
    expect(told).toEqual(["The tenant's logs can't be read", "The tenant's logs are read again"]);
    expect(await stored()).toBeUndefined();
  });

  it('is told after five minutes where it mostly passes by itself, and not at all where it does', async () => {
    await fail(unavailable);
    clock.advance(minute);
    await failures.worked(domain, await stored());
    await fail(unavailable);
    clock.advance(4 * minute);
    await fail({ kind: 'rate-limited', waitMs: 1, error: 'status 429' });
    expect(told).toEqual([]);
    clock.advance(minute);
    await fail(unavailable);
    await fail(unavailable);
    expect(told).toHaveLength(1);
  });

  it('is told once by two replicas that meet it at the same time', async () => {
    await Promise.all([1, 2].map(() => failures.failed(domain, undefined, unauthorized)));
    expect(told).toHaveLength(1);
  });

  it('is not told again when it passes into something passing and back', async () => {
    await fail(unauthorized);
    await fail(unavailable);
    expect(told).toHaveLength(1);
    expect(await stored()).toMatchObject({ kind: 'unavailable', told: true });
  });
});
