import { setTimeout as wait } from 'node:timers/promises';
import { flood } from '../flood.js';
import { startRouter } from '../router.js';
import { HeldSlack } from './held-slack.js';
import { Batches, eventsPerBatch } from '../workload/batches.js';
import { stallDuring } from './stall-during.js';

const alerts = 10_000;
const deadlineMs = 30_000;

export interface DigestStalls {
  readonly digestStallMs: number;
}

/** 10,000 alerts wait while Slack does not answer; then it does, and they are merged into one message and posted. */
export async function digestStalls(): Promise<DigestStalls> {
  const slack = await HeldSlack.start();
  const settings = { SLACK_TIMEOUT: '5m' };
  const router = await startRouter({ rules: 10, slackUrl: slack.url, sampled: true, settings });
  try {
    await flood(router.url, alerts / eventsPerBatch, new Batches(eventsPerBatch));
    const digestStallMs = await stallDuring(router, async () => {
      slack.answer();
      for (const deadline = performance.now() + deadlineMs; slack.shown < alerts;) {
        if (performance.now() > deadline)
          throw new Error(`Slack was shown ${slack.shown} of ${alerts} alerts`);
        await wait(50);
      }
    });
    return { digestStallMs };
  } finally {
    await router.stop();
    slack.close();
  }
}
