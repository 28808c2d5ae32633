import { SpanStatusCode } from '@opentelemetry/api';
import { DeliveryBench } from '../../test/support/delivery-bench.js';
import { recordedSpans } from '../../test/support/recorded-spans.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

describe('the span of a delivery', () => {
  const spans = recordedSpans();
  let bench: DeliveryBench;

  beforeEach(async () => {
    bench = await DeliveryBench.open();
  });

  afterEach(() => bench.close());

  const deliveries = () => spans.getFinishedSpans().filter(({ name }) => name === 'deliver');

  it('is one for each attempt, with its number and its outcome, and the error in none of its words', async () => {
    await bench.add('security', ['a']);
    bench.poster.answerNext({ kind: 'retry', error: 'of ann@example.com', possiblyPosted: false });
    await bench.start('security');
    await bench.timer.advance(60_000);
    expect(
      deliveries().map(({ attributes, status }) => [
        attributes['alert_router.delivery.attempt'],
        attributes['alert_router.delivery.outcome'],
        status.code === SpanStatusCode.ERROR,
      ]),
    ).toEqual([
      [1, 'retry', true],
      [2, 'delivered', false],
    ]);
    expect(
      JSON.stringify(spans.getFinishedSpans().map(({ attributes, status }) => [attributes, status])),
    ).not.toContain('ann@');
  });

  it('covers the writes that failed', async () => {
    await bench.add('security', ['a']);
    bench.queue.failures.settle = 2;
    await bench.start('security');
    await bench.timer.advance(5_000);
    expect(deliveries()).toHaveLength(1);
    expect(bench.posted).toHaveLength(1);
  });

  it('links to the batches, unless they can not be read', async () => {
    await bench.add('security', ['a']);
    bench.queue.traceParentsOf = () => Promise.resolve([`00-${traceId}-${spanId}-01`, 'nonsense']);
    await bench.start('security');
    expect(deliveries()[0]?.links).toMatchObject([{ context: { traceId, spanId } }]);

    bench.queue.traceParentsOf = () => Promise.reject(new Error('the database is away'));
    await bench.add('security', ['b']);
    bench.worker('security').wake();
    await bench.timer.asleep();
    expect(deliveries()[1]?.links).toEqual([]);
    expect(bench.posted).toEqual(['0 s security: a', '0 s security: b']);
  });
});
