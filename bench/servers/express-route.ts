import express from 'express';
import type { AddressInfo } from 'node:net';

/** The usual small route: keep the events of interest, post each to Slack, then answer. */
const slackUrl = String(process.env['SLACK_WEBHOOK_URL']);
const app = express();
app.use(express.json({ limit: '5mb' }));
app.post('/api/logs', async (request, response) => {
  const events = request.body as readonly { readonly data: Readonly<Record<string, unknown>> }[];
  const failures = events.filter(({ data }) => data['type'] === 'code0');
  for (const { data } of failures) {
    const posted = await fetch(slackUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: `${String(data['description'])} [type: ${String(data['type'])}]` }),
    });
    await posted.text();
  }
  response.status(200).send('ok');
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port} `);
});
