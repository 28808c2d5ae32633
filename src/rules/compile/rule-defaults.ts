import type { DeclaredNames, NameKind } from '../yaml/declared-names.js';
import type { DefaultsSection } from '../schema/rules-document.js';
import type { Place, Problem } from '../problem.js';
import type { RulesSource } from '../yaml/read-sources.js';

/** What rules take when they don't say themselves. */
export interface RuleDefaults extends Required<DefaultsSection> {
  /** Whether some file says where alerts go; if not, `channels` is a guess. */
  readonly declared: boolean;
}

/** The including file's defaults win, key by key. Without any, alerts go to the only channel, or to `security`. */
export function mergeDefaults(
  sources: readonly RulesSource[],
  channelNames: readonly string[],
): RuleDefaults {
  const sections = sources.map(({ document }) => document.defaults);
  const channels = sections.find((section) => section?.channels)?.channels;
  return {
    channels: channels ?? (channelNames.length === 1 ? channelNames : ['security']).slice(),
    template: sections.find((section) => section?.template)?.template ?? 'default',
    severity: sections.find((section) => section?.severity)?.severity ?? 'medium',
    declared: channels !== undefined,
  };
}

/** Reports what `ops` and `defaults` name and no file declares. */
export function reportUnknownDefaults(
  sources: readonly RulesSource[],
  names: DeclaredNames,
  report: (problem: Problem) => void,
): void {
  for (const { places, document } of sources) {
    const check = (kind: NameKind, name: string, at: Place): void => {
      const fault = names.unknown(kind, name, at);
      if (fault !== undefined) report(places.locate(fault));
    };
    const { defaults, ops } = document;
    defaults?.channels?.forEach((name, index) => check('channels', name, ['defaults', 'channels', index]));
    if (defaults?.template) check('templates', defaults.template, ['defaults', 'template']);
    if (ops?.channel) check('channels', ops.channel, ['ops', 'channel']);
    if (ops?.fallback) check('channels', ops.fallback, ['ops', 'fallback']);
    if (ops?.fallback !== undefined && ops.fallback === ops.channel) {
      report(
        places.locate({
          code: 'invalid-value',
          at: ['ops', 'fallback'],
          message: `"fallback" is the same channel as "channel"`,
          hint: 'write another channel, best one that another webhook or token leads to, or leave fallback out',
        }),
      );
    }
  }
}
