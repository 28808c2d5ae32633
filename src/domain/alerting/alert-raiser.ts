import { isActive } from './active-hours.js';
import type { AlertBatch } from './alert-batch.js';
import type { AlertContent } from '../alert.js';
import type { Reason } from './decision.js';
import type { Detection } from './detection.js';
import { RenderBudget } from './liquid.js';
import { renderAlert, type LinkTo } from './render-alert.js';
import type { SilenceStage } from './silence-stage.js';
import type { NewAlert } from '../stores.js';
import type { ThrottleStage } from './throttle-stage.js';

/** What was decided about a detection, and its alerts. */
export interface Decided {
  readonly reason: Reason;
  readonly alerts: readonly NewAlert[];
}

/** An alert that is raised no later than this after its event, in ms, counts as in time. */
const inTimeMs = 10 * 60_000;

/** Takes the findings of one transaction through silences, active hours and throttles into a batch of alerts. */
export class AlertRaiser {
  constructor(
    readonly batch: AlertBatch,
    readonly silences: SilenceStage,
    readonly throttles: ThrottleStage,
    private readonly linkTo: LinkTo,
    private readonly now: number,
  ) {}

  /** Every detection is recorded, whether or not it is sent. */
  raise(detection: Detection): Decided {
    const { rule } = detection;
    const budget = new RenderBudget();
    const lateness = latenessOf(detection, this.now);
    const render = (one: Detection): AlertContent => ({
      ...renderAlert(one, this.linkTo, budget),
      ...lateness,
    });
    if (this.silences.suppresses(detection)) return this.suppress(detection, render, 'silenced', budget);
    if (rule.active !== undefined && !isActive(rule.active, this.now))
      return this.suppress(detection, render, 'out of hours', budget);
    // Before the throttle, whose period would be reported in a channel.
    if (rule.shadow) return this.suppress(detection, render, 'shadow', budget);
    const verdict = this.throttles.decide(detection);
    if (verdict.kind === 'suppress') {
      const alerts = this.batch.add(detection, render, 'throttled', budget, verdict.openedBy);
      this.throttles.suppressed(detection, alerts);
      return { reason: alerts.some((alert) => alert.reason === 'sent') ? 'sent' : 'throttled', alerts };
    }
    const { suppressed } = verdict;
    const alerts = this.batch.add(detection, (one) => ({ ...render(one), suppressed }), 'sent', budget);
    this.throttles.opened(
      detection,
      alerts.filter(({ channel }) => this.batch.threads(channel)),
    );
    return { reason: 'sent', alerts };
  }

  private suppress(
    detection: Detection,
    render: (detection: Detection) => AlertContent,
    reason: Reason,
    budget: RenderBudget,
  ): Decided {
    return { reason, alerts: this.batch.add(detection, render, reason, budget) };
  }
}

/** What a `missing` window waits for is late by its nature. */
function latenessOf({ rule, event }: Detection, now: number): Pick<AlertContent, 'lateMs'> {
  const lateMs = now - event.at;
  return lateMs > inTimeMs && rule.window?.kind !== 'missing' ? { lateMs } : {};
}
