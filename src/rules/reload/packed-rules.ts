import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { RuleSet } from '../../domain/rule-set.js';
import type { Channel } from '../../domain/channel.js';
import { fromChecked, type CheckedSource } from '../yaml/checked-source.js';
import type { SourcesRead } from '../yaml/read-sources.js';

/**
 * A rule set as another process can compile it again: what its files said when they were read, without their addresses and
 * secrets. It names no file and no variable.
 */
export type PackedRules = Uint8Array;

/** @param sources what `rules` was compiled from */
export function packRules([main, ...included]: readonly CheckedSource[], rules: RuleSet): PackedRules {
  if (main === undefined) throw new Error('rules come from at least one file');
  const lists = Object.fromEntries([...rules.lists].map(([name, { entries }]) => [name, entries]));
  const channels = Object.fromEntries([...rules.channels].map(([name, channel]) => [name, bare(channel)]));
  const packed = [alone(main, { lists, channels }), ...included.map((source) => alone(source, {}))];
  return deflateRawSync(serialize(packed), { level: 1 });
}

/** A source that names no file, with the lists and channels of all of them or with none. */
function alone({ file, raw }: CheckedSource, named: object = {}): CheckedSource {
  const { include: _include, ...rest } = raw;
  return { file, folder: undefined, raw: { ...rest, lists: {}, channels: {}, ...named } };
}

export function unpackRules(packed: PackedRules): SourcesRead {
  return fromChecked(deserialize(inflateRawSync(packed)) as CheckedSource[], new Set());
}

/** As much of a channel as its alerts depend on. */
function bare({ target, redactor }: Channel): object {
  const fields = redactor?.fields.map(({ steps, redaction }) => [steps.join('.'), redaction] as const) ?? [];
  const redact = fields.length === 0 ? {} : { redact: Object.fromEntries(fields) };
  switch (target.kind) {
    case 'bot':
      return { slack: target.slackChannel, thread: target.thread, ...redact };
    case 'webhook':
    case 'console':
      return { console: true, ...redact };
  }
}
