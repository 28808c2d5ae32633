import { hostRefusal, slackHostsOf, slackOwnHosts } from './slack-hosts.js';

const production = slackHostsOf({ SLACK_ALLOW_HOSTS: slackOwnHosts, NODE_ENV: 'production' });
const development = slackHostsOf({ SLACK_ALLOW_HOSTS: slackOwnHosts, NODE_ENV: 'development' });

describe('hostRefusal', () => {
  it.each([
    ['https://hooks.slack.com/services/T/B/x', undefined, undefined],
    ['https://HOOKS.slack.com./services', undefined, undefined],
    ['https://slack.com/api', undefined, undefined],
    ['http://hooks.slack.com/services/T/B/x', 'no-https', 'no-https'],
    ['https://hooks.slack.com.example.com/', 'other-host', 'other-host'],
    ['https://hooks.slack.com@example.com/', 'other-host', 'other-host'],
    ['https://evil.slack.com/', 'other-host', 'other-host'],
    ['https://169.254.169.254/latest', 'other-host', 'other-host'],
    ['http://127.0.0.1:8080/x', 'no-https', undefined],
    ['http://127.1/x', 'no-https', undefined],
    ['http://2130706433/x', 'no-https', undefined],
    ['https://localhost/x', 'other-host', undefined],
    ['http://[::1]:1/x', 'no-https', undefined],
    ['http://127.0.0.1.example.com/', 'no-https', 'no-https'],
    ['file:///etc/passwd', 'no-url', 'no-url'],
    ['hooks.slack.com', 'no-url', 'no-url'],
    ['', 'no-url', 'no-url'],
  ])('%s: %s in production, %s outside', (url, inProduction, outside) => {
    expect(hostRefusal(url, production)).toBe(inProduction);
    expect(hostRefusal(url, development)).toBe(outside);
  });

  it('takes any host by https where the list is *', () => {
    const any = { allowed: ['*'], loopback: false };
    expect(hostRefusal('https://example.com/x', any)).toBeUndefined();
    expect(hostRefusal('http://example.com/x', any)).toBe('no-https');
  });

  it('takes this machine in production where it is named or the list is *, also by http', () => {
    const named = { allowed: ['127.0.0.1'], loopback: false };
    expect(hostRefusal('http://127.0.0.1:8080/x', named)).toBeUndefined();
    expect(hostRefusal('http://localhost/x', named)).toBe('no-https');
    expect(hostRefusal('http://localhost/x', { allowed: ['*'], loopback: false })).toBeUndefined();
  });
});
