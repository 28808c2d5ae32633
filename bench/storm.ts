import { FakeSlack } from '../test/support/fake-slack.js';
import { alertsShown } from './alerts-shown.js';
import { round } from './measure.js';
import { flood } from './flood.js';
import { startRouter } from './router.js';
import { Batches, eventsPerBatch } from './workload/batches.js';

const alerts = 10_000;
const deadlineMs = 60_000;

export interface StormResult {
  /** From the first batch until messages that show every alert were accepted. */
  readonly secondsUntilAllShown: number;
  /** From the first batch until the last was committed and answered. */
  readonly secondsUntilAllTaken: number;
  readonly messages: number;
  readonly rateLimited: number;
}

/** A burst of 10,000 alerts against the Slack of the tests, which takes one message a second after a burst of three. */
export async function measureStorm(): Promise<StormResult> {
  const slack = await FakeSlack.start();
  slack.limit({ perSecond: 1, burst: 3 });
  const router = await startRouter({ rules: 200, slackUrl: slack.webhookUrl() });
  try {
    const started = performance.now();
    const seconds = (): number => round((performance.now() - started) / 1_000, 1);
    await flood(router.url, alerts / eventsPerBatch, new Batches(eventsPerBatch));
    const secondsUntilAllTaken = seconds();
    const shown = (): number => slack.messages.reduce((sum, { body }) => sum + alertsShown(body), 0);
    await slack.waitFor(() => shown() >= alerts, deadlineMs);
    return {
      secondsUntilAllShown: seconds(),
      secondsUntilAllTaken,
      messages: slack.messages.length,
      rateLimited: slack.requests.filter(({ outcome }) => outcome.kind === 'rate-limited').length,
    };
  } finally {
    await router.stop();
    await slack.close();
  }
}
