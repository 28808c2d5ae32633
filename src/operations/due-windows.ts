import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../domain/clock.js';
import type { CrowdedWindow, Evicted } from '../domain/windows/key-cap.js';
import { Transactions } from '../domain/stores.js';
import { ruleTexts } from '../domain/alerting/render-alert.js';
import { windowRules } from '../domain/alerting/window-stage.js';
import { Metrics } from '../metrics/metrics.js';
import { CurrentPipeline } from '../rules/reload/current-pipeline.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { Deliverer } from '../delivery/deliverer.js';
import { DueEvents } from '../storage/windows/due-events.js';
import { OpsNotices } from './ops-notices.js';

/** What windows need beside events: to be started with their rules, and to alert by the clock. */
@Injectable()
export class DueWindows implements OnApplicationBootstrap {
  private readonly logger = new Logger(DueWindows.name);
  private readonly evictionsNotified = new Set<string>();

  constructor(
    private readonly rules: CurrentRules,
    private readonly pipelines: CurrentPipeline,
    private readonly transactions: Transactions,
    private readonly dueEvents: DueEvents,
    private readonly deliverer: Deliverer,
    private readonly notices: OpsNotices,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.startWindows();
    this.rules.onChange(() => this.startWindows());
  }

  /** Raises absence alerts whose deadline has passed. */
  async raise(): Promise<void> {
    if (!(await this.dueEvents.any(this.clock.now()))) return;
    for (let more = true; more;) {
      const raised = await this.transactions.run((stores) =>
        this.pipelines.current.raiseDue(stores, this.clock.now()),
      );
      this.metrics.decided(raised.decisions);
      for (const [rule, why] of raised.templateFailures)
        this.logger.warn(`a template of the rule ${rule} failed: ${JSON.stringify(why)}`);
      this.deliverer.wake(raised.channels);
      ({ more } = raised);
    }
  }

  /** Forgets the keys that windows have too many of, each window in a transaction of its own. */
  async evict(crowded: readonly CrowdedWindow[]): Promise<void> {
    for (const window of crowded) {
      const evicted = await this.transactions.run((stores) => this.pipelines.current.evict(window, stores));
      if (evicted !== undefined) await this.evicted(evicted);
    }
  }

  /** Counts keys that a window forgot because there were too many, and notifies ops once for each rule. */
  private async evicted({ rule, keys }: Evicted): Promise<void> {
    this.metrics.windowKeysEvicted(rule, keys);
    if (this.evictionsNotified.has(rule)) return;
    this.evictionsNotified.add(rule);
    await this.notices.raise({
      severity: 'medium',
      title: `The window of the rule ${rule} has more keys than it can keep`,
      detail:
        'The keys used least recently are forgotten. Choose a narrower match or a coarser key, or raise WINDOW_MAX_KEYS.',
    });
  }

  /**
   * A window starts when its rule is first loaded, and an unchanged rule keeps its own. What the alerts of a rule say alike
   * is written here too, so that batches of several replicas don't wait for each other to write it.
   */
  private async startWindows(): Promise<void> {
    const ids = new Set(this.rules.current.rules.map(({ id }) => id));
    for (const rule of this.evictionsNotified) if (!ids.has(rule)) this.evictionsNotified.delete(rule);
    try {
      await this.transactions.run(async ({ windows, outbox }) => {
        const rules = this.rules.current;
        await windows.load(windowRules(rules), this.clock.now());
        await outbox.addTexts(rules.rules.map(ruleTexts), this.clock.now());
      });
    } catch (error) {
      this.logger.warn(`windows start with their first event: ${String(error)}`);
    }
  }
}
