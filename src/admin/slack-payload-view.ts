import type { SlackPayload } from '../notify/slack/payload.js';
import { ApiProperty } from '../web/api-description.js';

/** Slack describes its blocks at https://docs.slack.dev/reference/block-kit/blocks. */
const blocks = { type: 'array', items: { type: 'object', additionalProperties: true } } as const;

/** What gives the details of a message their colour. */
class SlackAttachmentView {
  @ApiProperty({ pattern: '^#[0-9a-f]{6}$' })
  color!: string;

  /** Block Kit. */
  @ApiProperty(blocks)
  blocks!: NonNullable<SlackPayload['blocks']>;
}

/** What Slack gets. */
export class SlackPayloadView implements SlackPayload {
  /** The notification, and what screen readers read. */
  @ApiProperty()
  text!: string;

  /** Block Kit. */
  @ApiProperty({ ...blocks, required: false })
  blocks?: SlackPayload['blocks'];

  @ApiProperty({ type: [SlackAttachmentView], required: false })
  attachments?: readonly SlackAttachmentView[];
}

export const payloadExample: SlackPayloadView = {
  text: 'Failed login [type: fp]',
  blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Failed login [type: fp]', emoji: false } }],
  attachments: [
    {
      color: '#daa038',
      blocks: [
        { type: 'section', fields: [{ type: 'mrkdwn', text: '*User*\nalice@example.com' }] },
        { type: 'context', elements: [{ type: 'mrkdwn', text: 'Failed logins · high' }] },
      ],
    },
  ],
};
