import { readFileSync } from 'node:fs';

/** The shipped detection pack as a rules file of its own, whose alerts go to one channel. */
export function packRules(): string {
  const channels = `
channels: { security: { webhook: '\${SLACK_WEBHOOK_URL}' } }
defaults: { channels: [security] }
`;
  return readFileSync('rules/auth0-detections.yaml', 'utf8') + channels;
}
