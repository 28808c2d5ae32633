import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FakeSlack } from '../support/fake-slack.js';

const client = new URL('../../dist/notify/slack/slack-client.js', import.meta.url);

/** Posts while no file can be opened, and again when files can be opened. */
const program = `
  import { closeSync, openSync } from 'node:fs';
  import { SlackClient } from '${client.href}';
  const client = new SlackClient({ allowed: [], loopback: true });
  const post = () => client.post(process.env.WEBHOOK, { text: 'hello' }).catch((error) => error.code);
  const open = [];
  try { for (;;) open.push(openSync('/dev/null')); } catch {}
  const first = await post();
  for (const file of open) closeSync(file);
  console.log(JSON.stringify([first, await post()]));
`;

describe('SlackClient', () => {
  it('posts again after it could not load what it posts with', async () => {
    const slack = await FakeSlack.start();
    try {
      const { stdout } = await promisify(execFile)(
        '/bin/sh',
        ['-c', 'ulimit -n 100 && exec "$0" --input-type=module -e "$1"', process.execPath, program],
        { env: { WEBHOOK: slack.webhookUrl('hook') } },
      );
      expect(JSON.parse(stdout)).toEqual(['EMFILE', { kind: 'answer', answer: { status: 200, body: 'ok' } }]);
    } finally {
      await slack.close();
    }
  });
});
