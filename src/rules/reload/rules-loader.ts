import type { RuleSet } from '../../domain/rule-set.js';
import type { Surroundings } from '../compile/expand-variables.js';
import { loadRules, type LoadResult } from '../load-rules.js';
import type { PackedRules } from './packed-rules.js';
import type { Problem } from '../problem.js';

/** What is to be loaded. */
export interface LoadRequest {
  readonly file: string;
  readonly surroundings: Surroundings;
  /** Whether a test of a rule that fails is a problem. */
  readonly requireTests: boolean;
}

/** A complete rule set, or every problem. `files` are absolute paths of everything that was read or looked for. */
export type Loaded = (
  | { readonly ok: true; readonly rules: RuleSet; readonly packed: PackedRules }
  | { readonly ok: false; readonly problems: readonly Problem[] }
) & { readonly warnings: readonly Problem[]; readonly files: ReadonlySet<string> };

/** Loads a rules file for the service. Keeps and changes nothing. */
export abstract class RulesLoader {
  abstract load(request: LoadRequest): Promise<Loaded>;
}

/** Runs the tests that the rules carry. Of a load whose tests fail, the failures are the problems. */
export type TestGate = (loaded: LoadResult) => Promise<LoadResult>;

/** Loads in the thread that asks, which a long file holds up for a while. */
export class InProcessLoader extends RulesLoader {
  constructor(private readonly testGate: TestGate) {
    super();
  }

  override async load({ file, surroundings, requireTests: required }: LoadRequest): Promise<Loaded> {
    const untested = await loadRules(file, surroundings);
    const loaded = required ? await this.testGate(untested) : untested;
    const { warnings, files } = loaded;
    return loaded.ok
      ? { ok: true, rules: loaded.rules, packed: loaded.packed(), warnings, files }
      : { ok: false, problems: loaded.problems, warnings, files };
  }
}
