import { isActive } from './active-hours.js';
import type { AlertBatch } from './alert-batch.js';
import type { AlertContent } from '../alert.js';
import type { Reason } from './decision.js';
import type { Finding } from './finding.js';
import { RenderBudget } from './liquid.js';
import { renderAlert, type LinkTo } from './render-alert.js';
import type { SilenceStage } from './silence-stage.js';
import type { NewAlert } from '../stores.js';
import type { ThrottleStage } from './throttle-stage.js';

/** What was decided of a finding, and the alerts that say so. */
export interface Decided {
  readonly reason: Reason;
  readonly alerts: readonly NewAlert[];
}

/** Takes the findings of one transaction through silences, active hours and throttles into a batch of alerts. */
export class Raising {
  constructor(
    readonly batch: AlertBatch,
    readonly silences: SilenceStage,
    readonly throttles: ThrottleStage,
    private readonly linkTo: LinkTo,
    private readonly now: number,
  ) {}

  /** Every finding is recorded, whether or not it is sent. */
  raise(finding: Finding): Decided {
    const { rule } = finding;
    const budget = new RenderBudget();
    const content = renderAlert(finding, this.linkTo, budget);
    if (this.silences.keepsBack(finding)) return this.suppress(finding, content, 'silenced', budget);
    if (rule.active !== undefined && !isActive(rule.active, this.now))
      return this.suppress(finding, content, 'out of hours', budget);
    const verdict = this.throttles.decide(finding);
    if (verdict.kind === 'hold') {
      const alerts = this.batch.add(finding, content, 'throttled', budget, verdict.openedBy);
      this.throttles.held(finding, alerts);
      return { reason: alerts.some((alert) => alert.reason === 'sent') ? 'sent' : 'throttled', alerts };
    }
    const alerts = this.batch.add(finding, { ...content, heldBack: verdict.heldBack }, 'sent', budget);
    this.throttles.opened(
      finding,
      alerts.filter(({ channel }) => this.batch.threads(channel)),
    );
    return { reason: 'sent', alerts };
  }

  private suppress(finding: Finding, content: AlertContent, reason: Reason, budget: RenderBudget): Decided {
    return { reason, alerts: this.batch.add(finding, content, reason, budget) };
  }
}
