import axios from 'axios';
import express from 'express';
import type { AddressInfo } from 'node:net';

interface Entry {
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The small route that guides describe: check, keep failures and limits, post them to Slack in one message, and answer
 * with what Slack answered.
 */
const token = process.env['AUTH0_LOG_STREAM_TOKEN'];
const slackUrl = String(process.env['SLACK_WEBHOOK_URL']);
const app = express();
app.use(express.json({ limit: '5mb' }));
app.post('/api/logs', async (request, response) => {
  const body: unknown = request.body;
  if (!Array.isArray(body)) return void response.sendStatus(400);
  if (request.headers.authorization !== token) return void response.sendStatus(401);
  const alerts = (body as readonly Entry[]).filter(({ data }) => {
    const type = String(data['type']);
    return type.startsWith('f') || type.includes('limit');
  });
  if (alerts.length === 0) return void response.sendStatus(204);
  const attachments = alerts.map(({ data }) => ({
    pretext: '*Auth0 log alert*',
    title: `${String(data['description'])} [type: ${String(data['type'])}]`,
    color: '#ff0000',
    title_link: `https://manage.auth0.com/#/logs/${String(data['log_id'])}`,
  }));
  const posted = await axios.post<string>(slackUrl, { attachments });
  response.status(posted.status).send(posted.data);
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port} `);
});
