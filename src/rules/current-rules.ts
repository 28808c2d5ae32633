import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../domain/clock.js';
import type { RuleSet } from '../domain/rule-set.js';
import { Settings } from '../config/settings.js';
import { loadRules, type LoadResult } from './load-rules.js';
import type { Problem } from './problem.js';
import { compareRules, type RulesChange } from './rules-change.js';
import { rulesVariables } from './rules-variables.js';

export type ReloadResult =
  | { readonly ok: true; readonly rules: RuleSet; readonly loadedAt: number; readonly change: RulesChange }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The rules in force. A reload that fails leaves them as they are. */
@Injectable()
export class CurrentRules {
  private readonly logger = new Logger(CurrentRules.name);
  private readonly listeners: (() => Promise<void>)[] = [];
  private reloading: Promise<unknown> = Promise.resolve();
  private loaded: { readonly rules: RuleSet; readonly at: number } | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** @throws Error before the first load, which the start of the application waits for. */
  get current(): RuleSet {
    if (this.loaded === undefined) throw new Error('the rules are not loaded yet');
    return this.loaded.rules;
  }

  /** When the rules in force were loaded, in ms since the epoch. */
  get loadedAt(): number | undefined {
    return this.loaded?.at;
  }

  /** Loads the file without putting it in force. */
  load(): Promise<LoadResult> {
    return loadRules(this.settings.RULES_FILE, rulesVariables(this.settings, process.env));
  }

  /** Puts a loaded rule set in force at the start. */
  start(rules: RuleSet): void {
    this.loaded = { rules, at: this.clock.now() };
  }

  /** Is told after every change of the rules in force. */
  onChange(listener: () => Promise<void>): void {
    this.listeners.push(listener);
  }

  /**
   * Loads the file and puts it in force, unless `dryRun`. One reload runs at a time, so that the last one asked for
   * decides.
   */
  reload(dryRun: boolean): Promise<ReloadResult> {
    const result = this.reloading.then(() => this.reloadNow(dryRun));
    this.reloading = result.catch(() => undefined);
    return result;
  }

  private async reloadNow(dryRun: boolean): Promise<ReloadResult> {
    const result = await this.load();
    if (!result.ok) {
      this.logger.error(
        `the rules file has ${result.problems.length} problem(s); the rules in force stay as they are`,
      );
      return result;
    }
    const change = compareRules(this.current, result.rules);
    const loadedAt = this.clock.now();
    if (!dryRun) {
      this.loaded = { rules: result.rules, at: loadedAt };
      for (const listener of this.listeners) await listener();
      this.logger.log(
        `rules reloaded: ${result.rules.rules.length} in force, ${change.added.length} added, ${change.removed.length} removed, ${change.changed.length} changed`,
      );
    }
    return { ok: true, rules: result.rules, loadedAt, change };
  }
}
