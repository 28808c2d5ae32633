import { resolve } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../domain/clock.js';
import type { RuleSet } from '../../domain/rule-set.js';
import { ServiceEnvironment } from '../../config/read-settings.js';
import { Settings } from '../../config/settings.js';
import { Metrics } from '../../metrics/metrics.js';
import { filesFingerprints } from './files-fingerprint.js';
import type { PackedRules } from './packed-rules.js';
import { problemLines, type Problem } from '../problem.js';
import { compareRules, type RulesChange } from './rules-change.js';
import { RulesLoader, type Loaded, type LoadRequest } from './rules-loader.js';
import { surroundingsOf } from '../rules-variables.js';

export type ReloadResult =
  | { readonly ok: true; readonly rules: RuleSet; readonly loadedAt: number; readonly change: RulesChange }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The rules in force. A reload that fails leaves them as they are. */
@Injectable()
export class CurrentRules {
  private readonly logger = new Logger(CurrentRules.name);
  private readonly changeListeners: (() => Promise<void>)[] = [];
  private readonly failureListeners: ((problems: readonly Problem[]) => Promise<void>)[] = [];
  private readonly mendedListeners: ((failedSince: number) => Promise<void>)[] = [];
  private reloading: Promise<unknown> = Promise.resolve();
  private inForce:
    { readonly rules: RuleSet; readonly packed: PackedRules; readonly loadedAt: number } | undefined;
  private problems: readonly Problem[] = [];
  private badSince: number | undefined;
  private filesRead: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly settings: Settings,
    private readonly environment: ServiceEnvironment,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly loader: RulesLoader,
  ) {}

  /** @throws Error before the first load, which the start of the application waits for. */
  get current(): RuleSet {
    return this.loaded.rules;
  }

  /** The rules in force, for another process; not before the first load either. */
  get packed(): PackedRules {
    return this.loaded.packed;
  }

  private get loaded() {
    if (this.inForce === undefined) throw new Error('the rules are not loaded yet');
    return this.inForce;
  }

  /** When the rules in force were loaded, in ms since the epoch. */
  get loadedAt(): number | undefined {
    return this.inForce?.loadedAt;
  }

  /** What was wrong with the rules file when it was last loaded; empty when it was good. */
  get lastProblems(): readonly Problem[] {
    return this.problems;
  }

  /** Since when every load of the rules file has failed, in ms since the epoch; undefined when the last was good. */
  get failingSince(): number | undefined {
    return this.badSince;
  }

  /**
   * The absolute paths of everything that the last load read or looked for, and the fingerprint that each had before it was
   * read, so that a change while it is read shows; empty where the load was the first to look for it.
   */
  get files(): ReadonlyMap<string, string> {
    return this.filesRead;
  }

  /** Loads the file with the given loader before anything else runs, without putting it in force. */
  async loadFirst(loader: RulesLoader): Promise<Loaded> {
    const before = await this.fingerprints();
    const loaded = await this.load(loader);
    // Which files the rules file includes is known only now.
    this.filesRead = new Map([...(await filesFingerprints(loaded.files)), ...before]);
    return loaded;
  }

  /** Puts a loaded rule set in force. */
  async put({ rules, packed }: Extract<Loaded, { ok: true }>): Promise<void> {
    this.inForce = { rules, packed, loadedAt: this.clock.now() };
    this.problems = [];
    this.badSince = undefined;
    await this.metrics.rulesLoaded(rules, this.inForce.loadedAt);
  }

  /** Is called after every change of the rules in force. */
  onChange(listener: () => Promise<void>): void {
    this.changeListeners.push(listener);
  }

  /** Is called after every reload that failed in another way than the one before it. */
  onFailure(listener: (problems: readonly Problem[]) => Promise<void>): void {
    this.failureListeners.push(listener);
  }

  /** Is called after the first good load that follows failed ones, with the time of the first failure (ms since the epoch). */
  onMended(listener: (failedSince: number) => Promise<void>): void {
    this.mendedListeners.push(listener);
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
    const result = dryRun ? await this.load(this.loader) : await this.loadWatched();
    if (!result.ok) {
      if (!dryRun) await this.failed(result.problems);
      return result;
    }
    const change = compareRules(this.current, result.rules);
    if (dryRun) return { ok: true, rules: result.rules, loadedAt: this.clock.now(), change };
    const failedSince = this.badSince;
    await this.put(result);
    for (const listener of this.changeListeners) await listener();
    this.logger.log(
      `rules reloaded: ${result.rules.rules.length} in force, ${change.added.length} added, ${change.removed.length} removed, ${change.changed.length} changed`,
    );
    if (failedSince !== undefined) await this.mended(failedSince);
    return { ok: true, rules: result.rules, loadedAt: this.loadedAt ?? this.clock.now(), change };
  }

  private async loadWatched(): Promise<Loaded> {
    const before = await this.fingerprints();
    // Whatever becomes of the load, the same files are not loaded again.
    this.filesRead = before;
    const loaded = await this.load(this.loader);
    // When the rules are faulty, only some of their files may be known; the others are watched as before.
    const paths = loaded.ok ? loaded.files : new Set([...before.keys(), ...loaded.files]);
    this.filesRead = new Map([...paths].map((path) => [path, before.get(path) ?? '']));
    return loaded;
  }

  /** Of the files as they are now that are known already. */
  private fingerprints(): Promise<ReadonlyMap<string, string>> {
    return filesFingerprints(new Set([resolve(this.settings.RULES_FILE), ...this.filesRead.keys()]));
  }

  private async load(loader: RulesLoader): Promise<Loaded> {
    const begunAt = performance.now();
    const loaded = await loader.load(this.request());
    this.metrics.reloadTook(performance.now() - begunAt);
    if (loaded.warnings.length > 0)
      this.logger.warn(`in the rules file:\n${problemLines(loaded.warnings).join('\n')}`);
    return loaded;
  }

  private request(): LoadRequest {
    return {
      file: this.settings.RULES_FILE,
      surroundings: surroundingsOf(this.settings, this.environment.variables),
      requireTests: this.settings.RULES_REQUIRE_TESTS,
    };
  }

  private async mended(failedSince: number): Promise<void> {
    this.logger.warn('the rules file is valid again');
    for (const listener of this.mendedListeners) await listener(failedSince);
  }

  private async failed(problems: readonly Problem[]): Promise<void> {
    const known = JSON.stringify(problems) === JSON.stringify(this.problems);
    this.problems = problems;
    this.badSince ??= this.clock.now();
    this.metrics.reloadFailed();
    if (known) return;
    const lines = problemLines(problems).join('\n');
    this.logger.error(`the rules file is not valid; the rules in force stay as they are\n${lines}`);
    for (const listener of this.failureListeners) await listener(problems);
  }
}
