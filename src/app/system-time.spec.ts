import { SystemTimer } from './system-time.js';

describe('SystemTimer', () => {
  const hour = 3_600_000;

  it('ends a wait when the signal is aborted', async () => {
    const controller = new AbortController();
    const waiting = new SystemTimer().wait(hour, controller.signal);
    controller.abort();
    await expect(waiting).resolves.toBeUndefined();
  });

  it('does not wait at all when the signal was aborted before', async () => {
    await expect(new SystemTimer().wait(hour, AbortSignal.abort())).resolves.toBeUndefined();
  });
});
