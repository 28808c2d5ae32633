import { FakeAuth0 } from '../support/fake-auth0.js';
import { FakeSlack } from '../support/fake-slack.js';
import { RunningApp } from '../support/running-app.js';
import { until } from '../support/until.js';

const rules = `
version: 1
defaults: { channels: [security] }
channels:
  security: { webhook: "\${SLACK_WEBHOOK_URL}" }
  ops: { webhook: "\${OPS_WEBHOOK_URL}" }
ops: { channel: ops }
templates:
  default: { title: "{{ event.description }};" }
rules:
  - { id: failures, name: Failures, match: { types: [fu] } }
`;

describe("the tenant's logs", () => {
  let auth0: FakeAuth0;
  let slack: FakeSlack;
  let app: RunningApp | undefined;
  let folder: string | undefined;

  beforeEach(async () => {
    auth0 = await FakeAuth0.start();
    slack = await FakeSlack.start();
    process.env['OPS_WEBHOOK_URL'] = slack.webhookUrl('ops');
  });

  afterEach(async () => {
    await app?.close();
    app = undefined;
    folder = undefined;
    await auth0.close();
    await slack.close();
    delete process.env['OPS_WEBHOOK_URL'];
  });

  const start = async (environment: Record<string, string> = {}): Promise<RunningApp> => {
    app = await RunningApp.start(
      rules,
      {
        ...auth0.settings,
        SLACK_WEBHOOK_URL: slack.webhookUrl('security'),
        SLACK_RATE: '1000',
        SLACK_BURST: '1000',
        AUTH0_PULL_EVERY: '1s',
        ...environment,
      },
      folder,
    );
    folder = app.folder;
    return app;
  };

  const texts = (channel: string): string[] =>
    slack.messages
      .filter((message) => message.channel === `/services/${channel}`)
      .map((message) => slack.textOf(message));
  /** The numbers of the events that alerts showed, in the order of the posts. */
  const shown = (): number[] =>
    texts('security').flatMap((text) => [
      ...new Set(Array.from(text.matchAll(/event (\d+);/g), ([, number]) => Number(number))),
    ]);
  const numbers = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const status = async (): Promise<Record<string, unknown>> =>
    (await (await (app as RunningApp).admin('status')).json()) as Record<string, unknown>;
  const read = (): Promise<void> => {
    const before = auth0.count('/api/v2/logs');
    return until(() => Promise.resolve(auth0.count('/api/v2/logs') > before + 1));
  };

  it('are pulled without a log stream: from now on, in order, each event once', async () => {
    auth0.tenant.logMany(5, {}, Date.now() - 60_000);
    await start({ AUTH0_LOGS: 'pull' });
    auth0.tenant.logMany(250, {}, Date.now() + 10_000);
    await until(() => Promise.resolve(shown().length >= 250));
    await read();
    expect(shown()).toEqual(numbers(6, 255));
    expect((await status())['ok']).toBe(true);
  });
});
