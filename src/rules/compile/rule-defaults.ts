import type { Template } from '../../domain/alerting/template.js';
import type { DeclaredNames, NameKind } from '../yaml/declared-names.js';
import type { DefaultsSection } from '../schema/rules-document.js';
import type { Fault, Place, Problem } from '../problem.js';
import { compileChannelName } from './channel-name.js';
import type { RulesSource } from '../yaml/read-sources.js';

/** What rules take when they don't say themselves. */
export interface RuleDefaults extends Required<DefaultsSection> {
  /** `channels`, where the ones that are Liquid texts are compiled. */
  readonly compiledChannels: readonly (string | Template)[];
  /** Whether some file says where alerts go; if not, `channels` is a guess. */
  readonly declared: boolean;
}

/**
 * The including file's defaults win, key by key. Without any, alerts go to the only channel, or to `security`. What `ops`
 * and `defaults` name and no file declares is reported.
 */
export function compileDefaults(
  sources: readonly RulesSource[],
  channelNames: readonly string[],
  names: DeclaredNames,
  report: (problem: Problem) => void,
): RuleDefaults {
  const compiledBySource = sources.map((source) => compileSourceDefaults(source, names, report));
  const index = sources.findIndex(({ document }) => document.defaults?.channels);
  const sections = sources.map(({ document }) => document.defaults);
  const channels = sections[index]?.channels;
  const guess = (channelNames.length === 1 ? channelNames : ['security']).slice();
  return {
    channels: channels ?? guess,
    compiledChannels: compiledBySource[index] ?? guess,
    template: sections.find((section) => section?.template)?.template ?? 'default',
    severity: sections.find((section) => section?.severity)?.severity ?? 'medium',
    declared: channels !== undefined,
  };
}

/** The channels of one file's defaults, if it has any. */
function compileSourceDefaults(
  { places, document }: RulesSource,
  names: DeclaredNames,
  report: (problem: Problem) => void,
): readonly (string | Template)[] | undefined {
  const reportHere = (fault: Fault): void => report(places.locate(fault));
  const check = (kind: NameKind, name: string, at: Place): void => {
    const fault = names.unknown(kind, name, at);
    if (fault !== undefined) reportHere(fault);
  };
  const { defaults, ops } = document;
  if (defaults?.template) check('templates', defaults.template, ['defaults', 'template']);
  if (ops?.channel) check('channels', ops.channel, ['ops', 'channel']);
  if (ops?.fallback) check('channels', ops.fallback, ['ops', 'fallback']);
  if (ops?.fallback !== undefined && ops.fallback === ops.channel)
    reportHere({
      code: 'invalid-value',
      at: ['ops', 'fallback'],
      message: `"fallback" is the same channel as "channel"`,
      hint: 'write another channel, best one that another webhook or token leads to, or leave fallback out',
    });
  return defaults?.channels?.map((name, index) =>
    compileChannelName(name, ['defaults', 'channels', index], names, reportHere),
  );
}
