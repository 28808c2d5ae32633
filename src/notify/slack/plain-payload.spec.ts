import { digestOf } from '../../../test/support/digests.js';
import { failedLogin, messageOf } from '../../../test/support/failed-login.js';
import type { RichText } from '../../domain/alert.js';
import { plainPayload } from './plain-payload.js';

const at = 0;

describe('plainPayload', () => {
  it('has everything in one harmless text', () => {
    const text: RichText = ['<https://x.example|odd> *markup* ', { value: '<!channel>' }];
    const payload = plainPayload(
      messageOf(failedLogin({ text, mentions: ['<!here>'], link: 'https://a.example/1?b&c' })),
    );
    expect(Object.keys(payload)).toEqual(['text']);
    expect(payload.text).toBe(
      [
        'Failed login of ann@example.com <!here>',
        'high · Failed logins',
        '&lt;https://x.example|odd&gt; \u00ad*\u00admarkup\u00ad*\u00ad &lt;!channel&gt;',
        'IP: 203.0.113.9',
        '<https://a.example/1?b&amp;c>',
      ].join('\n'),
    );
  });

  it('says what was held back', () => {
    const payload = plainPayload(messageOf(failedLogin({ suppressed: { count: 17, since: 1_000 } })));
    expect(payload.text.split('\n').slice(1, 3)).toEqual([
      'high · Failed logins',
      '17 more like this were held back since 1970-01-01 00:00:01 UTC',
    ]);
  });

  it('has as many links as leave room for the text, each once', () => {
    const links = ['a', 'a', 'b', 'c', 'x'.repeat(1_000)].map(
      (path) => `https://a.example/${path.repeat(400)}`,
    );
    const [first, ...worst] = links.map((link) => failedLogin({ link }));
    const { text } = plainPayload({ kind: 'digest', digest: digestOf({ first: first!, worst }) });
    expect(text.match(/<https.*>/g)).toEqual([`<${links[0]}>`, `<${links[2]}>`]);
  });

  it('shows a notice', () => {
    const notice = { severity: 'info', title: 'Rules & all', detail: '<@U1>', at } as const;
    expect(plainPayload({ kind: 'notice', notice })).toEqual({ text: 'Rules &amp; all\n&lt;@U1&gt;' });
  });
});
