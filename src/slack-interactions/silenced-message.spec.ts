import { alertContent } from '../../test/support/alerts.js';
import type { Silence } from '../domain/alerting/silence.js';
import { payloadOf } from '../notify/slack/payload.js';
import { silencedMessage } from './silenced-message.js';

const silence: Silence = {
  id: 's',
  rule: 'failures',
  reason: 'Silence 1h button',
  author: '*<!channel>* (U1)',
  createdAt: Date.UTC(2026, 10, 20, 11),
  endsAt: Date.UTC(2026, 10, 20, 12),
};
const note = {
  type: 'context',
  elements: [
    {
      type: 'mrkdwn',
      verbatim: true,
      text: `Silenced until <!date^${silence.endsAt / 1000}^{date_short_pretty} {time_secs}|2026-11-20 12:00:00 UTC> by \u00ad*\u00ad&lt;!channel&gt;\u00ad*\u00ad (U1)`,
    },
  ],
};

describe('silencedMessage', () => {
  it('shows who silenced it in place of the button, and all else as it was', () => {
    const alert = { kind: 'alert' as const, alerts: [alertContent('Failed')] };
    const plain = payloadOf(alert);
    const button = { type: 'button', action_id: 'silence_1h', value: 'failures' };
    const posted = {
      ...plain,
      // As versions before this one posted it.
      attachments: plain.attachments?.map((attachment) => ({
        ...attachment,
        blocks: [...attachment.blocks, { type: 'actions', elements: [button] }],
      })),
    };
    expect(JSON.stringify(posted)).toContain('silence_1h');
    // As Slack hands it back.
    const message = {
      ...posted,
      ts: '1.1',
      attachments: posted.attachments?.map((attachment) => ({
        ...attachment,
        id: 1,
        fallback: '[no preview available]',
        color: attachment.color.slice(1),
      })),
    };
    expect(silencedMessage(message, silence)).toEqual({
      replace_original: true,
      text: plain.text,
      blocks: plain.blocks,
      attachments: plain.attachments?.map(({ color, blocks }) => ({ color, blocks: [...blocks, note] })),
    });
  });

  it('keeps the other buttons of a template', () => {
    const other = { type: 'button', action_id: 'runbook', text: { type: 'plain_text', text: 'Runbook' } };
    const button = { type: 'button', action_id: 'silence_1h', text: { type: 'plain_text', text: 'Silence' } };
    const message = { text: 't', blocks: [{ type: 'actions', elements: [other, button] }] };
    expect(silencedMessage(message, silence)).toEqual({
      replace_original: true,
      text: 't',
      blocks: [{ type: 'actions', elements: [other] }, note],
      attachments: [],
    });
  });

  it('leaves out the previews that Slack added', () => {
    const message = { text: 't', attachments: [{ from_url: 'https://x.example', text: 'preview' }, 7] };
    expect(silencedMessage(message, silence)).toEqual({
      replace_original: true,
      text: 't',
      blocks: [note],
      attachments: [],
    });
  });
});
