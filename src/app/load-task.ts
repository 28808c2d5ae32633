import 'reflect-metadata';
import { loadSources } from '../rules/load-rules.js';
import type { LoadAnswer } from '../rules/reload/process-rules-loader.js';
import type { LoadRequest } from '../rules/reload/rules-loader.js';
import { toChecked } from '../rules/yaml/checked-source.js';
import { readSources } from '../rules/yaml/read-sources.js';
import { answerTask } from './answer-task.js';
import { testGate } from './test-gate.js';

answerTask(load);

async function load({ file, surroundings, requireTests: required }: LoadRequest): Promise<LoadAnswer> {
  const read = await readSources(file);
  const loaded = await loadSources(read, surroundings);
  const tested = required ? await testGate(loaded) : loaded;
  const { warnings, files } = tested;
  return tested.ok
    ? { ok: true, sources: toChecked(read), warnings, files }
    : { ok: false, problems: tested.problems, warnings, files };
}
