import { isSignedBySlack } from './slack-signature.js';

// The example of Slack's page "Verifying requests from Slack".
const secret = '8f742231b10e8888abcd99yyyzzz85a5';
const example = {
  body: Buffer.from(
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  ),
  timestamp: '1531420618',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
};
const now = 1_531_420_618_000;

describe('isSignedBySlack', () => {
  it('takes what Slack signed', () => {
    expect(isSignedBySlack(example, secret, now)).toBe(true);
  });

  it.each([
    [-300_000, true],
    [300_000, true],
    [-301_000, false],
    [301_000, false],
  ])('with our clock %d ms off: %s', (skew, expected) => {
    expect(isSignedBySlack(example, secret, now + skew)).toBe(expected);
  });

  it.each([
    ['another body', { body: Buffer.from(`${example.body.toString()}&`) }],
    ['another time', { timestamp: '1531420619' }],
    ['a time that is none', { timestamp: 'NaN' }],
    ['no time', { timestamp: undefined }],
    ['no signature', { signature: undefined }],
    ['an empty signature', { signature: '' }],
    ['a signature cut short', { signature: example.signature.slice(0, -1) }],
    ['another version', { signature: example.signature.replace('v0', 'v1') }],
    ['characters of several bytes', { signature: 'ß'.repeat(example.signature.length) }],
  ])('refuses %s', (_what, changes) => {
    expect(isSignedBySlack({ ...example, ...changes }, secret, now)).toBe(false);
  });

  it('refuses another secret', () => {
    expect(isSignedBySlack(example, `${secret}x`, now)).toBe(false);
  });
});
