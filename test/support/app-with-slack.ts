import { FakeSlack } from './fake-slack.js';
import { RunningApp } from './running-app.js';

/** What a test has: both are new for each test, and closed after it. */
export interface AppWithSlack {
  readonly slack: FakeSlack;
  readonly app: RunningApp;
  /** Stops the application and starts it again on what it left, with other settings where some are given. */
  restart(environment?: Readonly<Record<string, string>>): Promise<void>;
  /** Starts one more, on a folder and a database of its own unless it is given another. */
  startAnother(environment?: Readonly<Record<string, string>>): Promise<RunningApp>;
}

/**
 * Gives each test of a `describe` a fake Slack, and an application that posts to it: by the webhook
 * `SLACK_WEBHOOK_URL`, whose messages are in the channel `/services/hook`, and, with a `SLACK_BOT_TOKEN`, by the Web API.
 */
export function appWithSlack(
  rules: string,
  environment: Readonly<Record<string, string>> = {},
): AppWithSlack {
  let slack: FakeSlack | undefined;
  let app: RunningApp | undefined;
  let others: RunningApp[] = [];
  const start = (fake: FakeSlack, changes = {}, folder?: string): Promise<RunningApp> => {
    const addresses = { SLACK_WEBHOOK_URL: fake.webhookUrl('hook'), SLACK_API_URL: fake.apiUrl() };
    return RunningApp.start(rules, { ...addresses, ...environment, ...changes }, folder);
  };

  beforeEach(async () => {
    slack = await FakeSlack.start();
    app = await start(slack);
  });

  afterEach(async () => {
    for (const other of others) await other.close();
    others = [];
    await app?.close();
    await slack?.close();
  });

  return {
    get slack() {
      return started(slack);
    },
    get app() {
      return started(app);
    },
    async restart(changes) {
      const { folder } = started(app);
      await app?.stop();
      app = await start(started(slack), changes, folder);
    },
    async startAnother(changes) {
      const another = await start(started(slack), changes);
      others.push(another);
      return another;
    },
  };
}

function started<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('nothing is started before a test begins');
  return one;
}
