import { alertContent, newAlert } from '../../../test/support/alerts.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import type { NewAlert } from '../../domain/stores.js';
import { AlertsReader, type AlertFilter } from './alerts-reader.js';
import { OutboxStore } from './outbox-store.js';

const noon = Date.UTC(2026, 0, 15, 12);
const id = (number: number): string => `id-${String(number).padStart(6, '0')}`;

describe.each(databases)('the history of alerts on $name', ({ open }) => {
  let database: TestDatabase;
  let reader: AlertsReader;

  beforeEach(async () => {
    database = await open();
    reader = new AlertsReader(database.db);
  });

  afterEach(() => database.close());

  const add = (alerts: readonly NewAlert[]) => new OutboxStore(database.db).add([], alerts, noon);
  const ids = async (filter: AlertFilter, limit = 100, after?: string): Promise<readonly string[]> =>
    (await reader.list({ limit, after }, filter)).map((alert) => alert.id);

  it('is narrowed by each of its fields, and by several together', async () => {
    await add([
      {
        ...newAlert('a', undefined),
        rule: 'one',
        channel: 'iam',
        severity: 'critical',
        reason: 'silenced',
        title: 'Impossible Travel',
        at: noon,
        keys: { type: 'fp', user: 'alice', address: '192.0.2.1' },
      },
      { ...newAlert('b', undefined), title: 'Other', at: noon + 1_000, keys: { type: 's', user: 'bob' } },
    ]);
    const filters: readonly AlertFilter[] = [
      { rule: 'one' },
      { channel: 'iam' },
      { severity: 'critical' },
      { reason: 'silenced' },
      { user: 'alice' },
      { ip: '192.0.2.1' },
      { type: 'fp' },
      { q: 'impossible' },
      { to: noon },
      { rule: 'one', user: 'alice', q: 'travel' },
    ];
    for (const filter of filters) expect([filter, await ids(filter)]).toEqual([filter, ['a']]);
    expect(await ids({ from: noon + 1 })).toEqual(['b']);
    expect(await ids({ rule: 'one', user: 'bob' })).toEqual([]);
    expect(await ids({})).toEqual(['b', 'a']);
  });

  it('finds rare alerts in a long history, a page at a time', async () => {
    const rare = new Set([1, 700, 2_500, 4_400]);
    for (let from = 0; from < 4_500; from += 500)
      await add(
        Array.from({ length: 500 }, (_, index) => ({
          ...newAlert(id(from + index), undefined),
          keys: { type: rare.has(from + index) ? 'rare' : 'fp' },
        })),
      );
    expect(await ids({ type: 'rare' }, 3)).toEqual([id(4_400), id(2_500), id(700)]);
    expect(await ids({ type: 'rare' }, 3, id(700))).toEqual([id(1)]);
    expect(await ids({}, 2)).toEqual([id(4_499), id(4_498)]);
  });

  it('has one alert whole, whether or not its rule’s texts are stored apart', async () => {
    const content = alertContent('Failed login', { ruleName: 'Failures' });
    await add([{ ...newAlert('a', undefined), content }]);
    expect((await reader.find('a'))?.shown).toEqual(content);
    expect(await reader.find('absent')).toBeUndefined();
  });
});
