import { readInteraction } from './silence-click.js';

function form(payload: unknown): Buffer {
  return Buffer.from(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
}

const pressed = {
  type: 'block_actions',
  user: { id: 'U1', username: 'mallory', name: 'Mällory & Co' },
  actions: [
    { action_id: 'else', value: 'x' },
    { action_id: 'silence_1h', value: 'failures' },
  ],
  response_url: 'https://hooks.slack.com/actions/1',
  message: { text: 'Failed' },
};

describe('readInteraction', () => {
  it('reads a pressed button', () => {
    expect(readInteraction(form(pressed))).toEqual({
      kind: 'silence',
      click: {
        rule: 'failures',
        author: 'Mällory & Co (U1)',
        responseUrl: 'https://hooks.slack.com/actions/1',
        message: { text: 'Failed' },
      },
    });
  });

  it.each([
    ['a name only', { name: 'bob' }, 'bob'],
    ['an id only', { id: 'U2' }, 'U2'],
    ['no name but a username', { id: 'U2', username: 'bob' }, 'bob (U2)'],
    ['nothing', undefined, 'somebody in Slack'],
    ['what is no text', { id: 7, name: ['x'] }, 'somebody in Slack'],
  ])('names a user with %s', (_what, user, author) => {
    expect(readInteraction(form({ ...pressed, user }))).toMatchObject({ click: { author } });
  });

  it('does without a message and a response URL', () => {
    const { type, actions } = pressed;
    expect(readInteraction(form({ type, actions }))).toEqual({
      kind: 'silence',
      click: { rule: 'failures', author: 'somebody in Slack' },
    });
  });

  it.each([
    ['another button', { ...pressed, actions: [{ action_id: 'else', value: 'failures' }] }],
    ['another interaction', { ...pressed, type: 'view_submission' }],
    ['no actions', { type: 'block_actions' }],
    ['a button without a value', { ...pressed, actions: [{ action_id: 'silence_1h' }] }],
  ])('passes over %s', (_what, payload) => {
    expect(readInteraction(form(payload))).toEqual({ kind: 'other' });
  });

  it.each(['', 'payload', 'payload={', 'payload=7', 'payload=[]', 'other=%7B%7D', '%'])(
    'does not read %p',
    (body) => {
      expect(readInteraction(Buffer.from(body))).toEqual({ kind: 'unreadable' });
    },
  );
});
