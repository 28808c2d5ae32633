import { activeMarkup } from './active-markup.js';
import { messageText } from './message-text.js';

const message = {
  text: 'Failed &lt;login&gt; &amp;amp; more <!here>',
  blocks: [
    { type: 'header', text: { type: 'plain_text', text: 'A &amp; B <!channel>' } },
    {
      type: 'section',
      text: { type: 'mrkdwn', text: '<https://x.test|x> &lt;!everyone&gt; <@U1>' },
      fields: [{ type: 'mrkdwn', text: '<!subteam^S1>' }],
      accessory: { type: 'image', image_url: 'https://x.test/i.png', alt_text: 'a picture' },
    },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'User: &lt;<!channel> ' },
            { type: 'link', url: 'https://y.test', text: 'why' },
            { type: 'link', url: 'https://z.test' },
            { type: 'emoji', name: 'wave' },
          ],
        },
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'here' }] },
            { type: 'rich_text_section', elements: [{ type: 'usergroup', usergroup_id: 'S2' }] },
            { type: 'rich_text_section', elements: [{ type: 'user', user_id: 'U2' }] },
            {
              type: 'rich_text_section',
              elements: [{ type: 'date', timestamp: 5, format: '{time}', fallback: '00:00 UTC' }],
            },
          ],
        },
      ],
    },
  ],
  attachments: [
    {
      fallback: 'f <@U3>',
      pretext: 'p <@U4>',
      text: 't <!date^5^{time}|00:00>',
      fields: [{ title: 'k', value: 'v' }],
    },
    { color: 'good', blocks: [{ type: 'context', elements: [{ type: 'mrkdwn', text: 'c <!channel>' }] }] },
  ],
};

it('shows all text a person can see, decoded where Slack decodes it', () => {
  expect(messageText(message).split('\n')).toEqual([
    'Failed <login> &amp; more <!here>',
    'A & B <!channel>',
    '<https://x.test|x> <!everyone> <@U1>',
    '<!subteam^S1>',
    'a picture',
    'User: &lt;<!channel> whyhttps://z.test:wave:',
    '<!here>',
    '<!subteam^S2>',
    '<@U2>',
    '00:00 UTC',
    'f <@U3>',
    'p <@U4>',
    't <!date^5^{time}|00:00>',
    'k',
    'v',
    'c <!channel>',
  ]);
});

it('lists what Slack would make active, and nothing that is escaped, plain_text or literal', () => {
  expect(activeMarkup(message)).toEqual([
    '<!here>',
    '<https://x.test|x>',
    '<@U1>',
    '<!subteam^S1>',
    '<https://y.test|why>',
    '<https://z.test>',
    '<!here>',
    '<!subteam^S2>',
    '<@U2>',
    '<!date^5^{time}|00:00 UTC>',
    '<@U3>',
    '<@U4>',
    '<!date^5^{time}|00:00>',
    '<!channel>',
  ]);
});
