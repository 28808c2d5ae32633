import { FakeClock } from '../../test/support/fake-clock.js';
import { loggedWarnings } from '../../test/support/logged-warnings.js';
import { Metrics } from '../metrics/metrics.js';
import { BatchResults } from './batch-results.js';

describe('BatchResults', () => {
  const lines = loggedWarnings();

  it('counts every batch, and logs each way to be unreadable once a minute', async () => {
    const metrics = new Metrics();
    const results = new BatchResults(metrics, new FakeClock());
    for (let index = 0; index < 100; index++) {
      results.add({ kind: 'unreadable', message: 'The body is empty.' });
      results.add({ kind: 'corrupt' });
      results.add({ kind: 'unsupported-encoding' });
      results.add({ kind: 'too-large' });
      results.skipped(1, 2);
    }
    results.add({ kind: 'matched' });
    results.add({ kind: 'unmatched' });
    results.add({ kind: 'not-stored' });
    results.skipped(0, 2);
    expect(lines).toEqual([
      'a batch for /api/logs was refused: The body is empty.',
      'a batch for /api/logs was refused: the body is not what its Content-Encoding says',
      'a batch for /api/logs was refused: the Content-Encoding is none of gzip, deflate and identity',
      'a batch for /api/logs was refused: it is larger than MAX_BODY',
      'skipped 1 of 2 elements of a batch, which are no events',
    ]);
    const counted = await metrics.registry.metrics();
    expect(counted).toContain('batches_total{result="unreadable"} 100');
    expect(counted).toContain('batches_total{result="matched"} 1');
  });
});
