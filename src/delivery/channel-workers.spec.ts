import { ChannelWorkers, type Worker } from './channel-workers.js';

class FakeWorker implements Worker {
  wakes = 0;
  stopping: (() => void) | undefined;

  start(): void {}

  wake(): void {
    this.wakes += 1;
  }

  lookAgain(): void {}

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.stopping = resolve;
    });
  }
}

describe('the workers of channels', () => {
  const made: FakeWorker[] = [];
  const workers = new ChannelWorkers(() => {
    const worker = new FakeWorker();
    made.push(worker);
    return worker;
  });

  it('are no more than the channels to keep, however many names there have been', async () => {
    workers.wake(Array.from({ length: 5_000 }, (_, index) => `team-${index}`));
    workers.wake(['security']);
    expect(workers.channels).toHaveLength(5_001);

    const retired = workers.retire((channel) => channel === 'security');
    for (const worker of made) worker.stopping?.();
    expect(await retired).toHaveLength(5_000);
    expect(workers.channels).toEqual(['security']);
  });

  it('are one a channel until the last post of a worker that ends is over', async () => {
    workers.wake(['team-1']);
    const ending = made.at(-1) as FakeWorker;
    const count = made.length;
    const retired = workers.retire((channel) => channel === 'security');
    workers.wake(['team-1']);
    expect(made).toHaveLength(count);

    ending.stopping?.();
    await retired;
    workers.wake(['team-1']);
    expect(made).toHaveLength(count + 1);
  });
});
