import { createHash } from 'node:crypto';
import type { Settings } from '../config/settings.js';
import { workspaceRate } from '../domain/alerting/budget.js';
import type { ChannelTarget } from '../domain/channel.js';
import { parseDuration } from '../domain/duration.js';
import type { Pace } from '../storage/outbox/delivery-queue.js';

/**
 * How fast a channel may be posted to. Two names for one webhook or one Slack channel share a budget, and everything
 * that goes to Slack shares the workspace's. The console takes whatever comes.
 */
export function paceOf(target: ChannelTarget | undefined, settings: Settings): Pace | undefined {
  if (target === undefined || target.kind === 'console') return undefined;
  const rate = { perSecond: settings.SLACK_RATE, burst: settings.SLACK_BURST };
  const scale = Math.max(1, rate.perSecond);
  return {
    budgets: [
      {
        name: target.kind === 'bot' ? `slack:${target.slackChannel}` : `webhook:${digest(target.url)}`,
        rate,
      },
      {
        name: 'workspace',
        shared: true,
        rate: {
          perSecond: workspaceRate.perSecond * scale,
          burst: Math.max(workspaceRate.burst, rate.burst),
        },
      },
    ],
    digestAfterMs: parseDuration(settings.DIGEST_AFTER) as number,
  };
}

/** A webhook's URL is a secret, and the database is no place for it. */
function digest(url: string): string {
  return createHash('sha256').update(url).digest('base64url').slice(0, 16);
}
