import { alertContent } from '../../test/support/alerts.js';
import { digestOf } from '../../test/support/digests.js';
import type { Message } from '../domain/alerting/message.js';
import { refusalNotice } from './refusal-notice.js';

const now = Date.UTC(2026, 0, 15, 12);
const message: Message = {
  kind: 'alert',
  alerts: [alertContent('Failed login'), alertContent('Limit reached')],
};
const noticeMessage: Message = {
  kind: 'notice',
  notice: { severity: 'high', title: 'A notice', detail: '', at: now },
};

describe('refusalNotice', () => {
  it('says which alerts are dead, and why', () => {
    expect(refusalNotice('iam', message, { kind: 'dead' }, 'invalid_blocks', now)).toEqual({
      severity: 'high',
      title: 'An alert could not be delivered to iam',
      detail: 'invalid_blocks: Failed login; Limit reached',
      at: now,
    });
  });

  it('says how many alerts a dead digest stood for, and which was the worst', () => {
    const digest: Message = { kind: 'digest', digest: digestOf() };
    expect(refusalNotice('iam', digest, { kind: 'dead' }, 'invalid_blocks', now)).toEqual({
      severity: 'high',
      title: '9997 alerts could not be delivered to iam',
      detail: 'invalid_blocks. One message was to show them all. The worst: Brute force',
      at: now,
    });
  });

  it('says that a channel is paused, and why', () => {
    expect(refusalNotice('iam', message, { kind: 'pause-channel', until: now + 1 }, 'no_team', now)).toEqual({
      severity: 'high',
      title: 'The channel iam is paused',
      detail: expect.stringMatching(/^no_team\. Its messages are kept/),
      at: now,
    });
  });

  it.each([
    { kind: 'delivered' },
    { kind: 'retry', at: now + 1, possiblyPosted: false },
    { kind: 'resend-plain' },
    { kind: 'hold-channel', until: now + 1 },
  ] as const)('has nothing to say of $kind', (step) => {
    expect(refusalNotice('iam', message, step, 'why', now)).toBeUndefined();
  });

  it.each([{ kind: 'dead' }, { kind: 'pause-channel', until: now + 1 }] as const)(
    'makes no notice of a notice that ends as $kind',
    (step) => {
      expect(refusalNotice('iam', noticeMessage, step, 'why', now)).toBeUndefined();
    },
  );
});
