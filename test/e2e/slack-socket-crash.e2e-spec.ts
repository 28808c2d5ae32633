import { routersWithSlack, sendEvents } from '../support/routers-with-slack.js';
import type { AcceptedMessage } from '../support/fake-slack/workspace.js';
import { emptyPostgres } from '../support/databases.js';
import { clickOn } from '../support/slack-clicks.js';
import type { SpawnedProgram } from '../support/spawned-program.js';
import { until } from '../support/until.js';

const rules = `
version: 1
channels: { bot: { slack: C0123456789 } }
rules: [{ id: failures, match: { types: [f] } }]
defaults: { channels: [bot] }
`;
const minute = 60_000;

async function listed(url: string, path: string): Promise<Record<string, unknown>[]> {
  const headers = { authorization: 'Bearer admin-token' };
  const answer = await fetch(`${url}/admin/${path}`, { headers });
  return ((await answer.json()) as { items: Record<string, unknown>[] }).items;
}

describe('clicks over Socket Mode, of routers in processes of their own', () => {
  const e2e = routersWithSlack(rules, { SLACK_BOT_TOKEN: 'xoxb-token', SLACK_APP_TOKEN: 'xapp-token' });
  const start = (environment = {}): SpawnedProgram =>
    e2e.start({ SLACK_API_URL: e2e.slack.apiUrl(), ...environment });
  const connected = (count: number): Promise<void> =>
    until(() => Promise.resolve(e2e.slack.sockets.connections.length === count), minute);

  it(
    'are taken once by the next process, where the first is killed before it acknowledged one',
    async () => {
      let router = start();
      await sendEvents(await router.url(), ['a']);
      const [posted] = await e2e.slack.waitFor(1);
      await connected(1);
      // Slack shows no sign of the click as long as chat.update hangs; the click itself is stored all the same.
      e2e.slack.answerNext({ kind: 'hang' }, Number.POSITIVE_INFINITY, 'C0123456789');
      e2e.slack.sockets.hearsAcknowledgements = false;
      const envelope = e2e.slack.sockets.send(
        clickOn(e2e.slack, posted as AcceptedMessage, 'silence', '1h|rule'),
      );
      const url = await router.url();
      await until(async () => (await listed(url, 'silences')).length === 1);
      router.kill('SIGKILL');
      await router.exit();
      e2e.slack.reset();
      e2e.slack.sockets.hearsAcknowledgements = true;

      router = start();
      await until(() => Promise.resolve(envelope.acknowledged), minute);
      expect(envelope.deliveries).toBe(2);
      const next = await router.url();
      expect(await listed(next, 'silences')).toHaveLength(1);
      await e2e.slack.waitFor((messages) => messages.some(({ via }) => via === 'chat.update'));
      router.kill('SIGTERM');
      expect(await router.exit()).toEqual({ code: 0, signal: null });
      expect(e2e.slack.sockets.connections).toHaveLength(0);
    },
    2 * minute,
  );

  it(
    'wait for the next process, where none is connected',
    async () => {
      let router = start();
      await sendEvents(await router.url(), ['a']);
      const [posted] = await e2e.slack.waitFor(1);
      await connected(1);
      router.kill('SIGTERM');
      expect(await router.exit()).toEqual({ code: 0, signal: null });
      const envelope = e2e.slack.sockets.send(clickOn(e2e.slack, posted as AcceptedMessage, 'acknowledge'));
      router = start();
      await until(() => Promise.resolve(envelope.acknowledged), minute);
      const deliveries = await listed(await router.url(), 'deliveries');
      expect(deliveries.filter(({ alerts }) => alerts === 1)).toMatchObject([{ state: 'acknowledged' }]);
    },
    2 * minute,
  );

  it(
    'are taken once by two replicas that both get one',
    async () => {
      const database = await emptyPostgres();
      const routers = [start({ DATABASE_URL: database.url }), start({ DATABASE_URL: database.url })];
      try {
        const [url] = await Promise.all(routers.map((router) => router.url()));
        await connected(2);
        await sendEvents(String(url), ['a']);
        const [posted] = await e2e.slack.waitFor(1);
        const { sockets } = e2e.slack;
        const envelope = sockets.send(clickOn(e2e.slack, posted as AcceptedMessage, 'silence', '4h|rule'));
        sockets.sendAgain(envelope);
        sockets.sendAgain(envelope, 'another-envelope');
        await until(() => Promise.resolve(envelope.acknowledged && sockets.acknowledgements >= 5));
        expect(await listed(String(url), 'silences')).toHaveLength(1);
        expect(await listed(String(url), 'audit')).toHaveLength(1);
      } finally {
        for (const router of routers) await router.destroy();
        await database.remove();
      }
    },
    2 * minute,
  );
});
