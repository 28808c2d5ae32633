import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Logger } from '@nestjs/common';
import { fromChecked, type CheckedSource } from './source/checked-source.js';
import { loadSources } from './load-rules.js';
import type { Problem } from './problem.js';
import { LoadHere, RulesLoader, type Loaded, type LoadRequest } from './rules-loader.js';

/** What the thread says of the rules file. */
export type ThreadAnswer = {
  readonly warnings: readonly Problem[];
  readonly files: ReadonlySet<string>;
} & (
  | { readonly ok: true; readonly sources: readonly CheckedSource[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }
);

/**
 * Reads, checks and tests a rules file in a thread of its own, so that batches are taken in meanwhile. What it found good
 * is compiled here, since compiled rules can't go from one thread to another.
 */
export class LoadAside extends RulesLoader {
  private readonly logger = new Logger(LoadAside.name);
  private readonly here = new LoadHere();

  override async load(request: LoadRequest): Promise<Loaded> {
    const answer = await this.ask(request);
    if (answer === undefined) return this.here.load(request);
    const { warnings, files } = answer;
    if (!answer.ok) return { ok: false, problems: answer.problems, warnings, files };
    const read = fromChecked(answer.sources, files);
    await nextTurn();
    const compiled = await loadSources(
      read,
      request.text === undefined ? request.surroundings : {},
      request.text === undefined ? 'error' : 'warning',
    );
    // A list's file may have changed since. Only the whole text can say what is wrong then, and where.
    return compiled.ok ? { ok: true, rules: compiled.rules, warnings, files } : this.here.load(request);
  }

  /** Undefined when no thread could be had, or it ended without an answer. */
  private async ask(request: LoadRequest): Promise<ThreadAnswer | undefined> {
    const worker = new Worker(new URL('./load-aside-thread.js', import.meta.url), { workerData: request });
    const listening = new AbortController();
    const { signal } = listening;
    try {
      const [said] = (await Promise.race([
        once(worker, 'message', { signal }),
        once(worker, 'exit', { signal }),
      ])) as [ThreadAnswer | number];
      if (typeof said !== 'number') return said;
      this.logger.warn(`the rules file is loaded here: its thread ended with ${said}`);
      return undefined;
    } catch (error) {
      this.logger.warn(`the rules file is loaded here: it got no thread: ${String(error)}`);
      return undefined;
    } finally {
      listening.abort();
      await worker.terminate();
    }
  }
}
