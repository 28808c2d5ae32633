import { nearest, suggest } from '../nearest.js';
import type { Fault, Place } from '../problem.js';
import type { RulesSource, SourcesRead } from './read-sources.js';
import { isObject } from '../../domain/json-value.js';

const kinds = {
  channels: { noun: 'channel', code: 'unknown-channel' },
  templates: { noun: 'template', code: 'unknown-template' },
  lists: { noun: 'list', code: 'unknown-list' },
} as const;
export type NameKind = keyof typeof kinds;

/**
 * The names that the files declare, whether or not what they name is any good: a reference to a faulty channel is not a
 * second fault. Where a section could not be read, any name may be in it.
 */
export class DeclaredNames {
  private readonly names: Readonly<Record<NameKind, ReadonlySet<string>>>;
  private readonly complete: Readonly<Record<NameKind, boolean>>;

  constructor({ sources, complete }: SourcesRead, builtInTemplates: readonly string[]) {
    const namesOf = (kind: NameKind) =>
      sources.flatMap(({ raw }) => (isObject(raw[kind]) ? Object.keys(raw[kind]) : []));
    const isComplete = (kind: NameKind) => complete && sources.every((source) => isReadable(source, kind));
    this.names = {
      channels: new Set(namesOf('channels')),
      templates: new Set([...builtInTemplates, ...namesOf('templates')]),
      lists: new Set(namesOf('lists')),
    };
    this.complete = {
      channels: isComplete('channels'),
      templates: isComplete('templates'),
      lists: isComplete('lists'),
    };
  }

  /** Whether the name is surely declared nowhere. */
  lacks(kind: NameKind, name: string): boolean {
    return this.complete[kind] && !this.names[kind].has(name);
  }

  /** The fault of a reference, if the name is surely declared nowhere. */
  unknown(kind: NameKind, name: string, at: Place): Fault | undefined {
    if (!this.lacks(kind, name)) return undefined;
    const { code, noun } = kinds[kind];
    if (kind === 'channels' && !isName(name)) return this.noChannelName(name, at);
    return {
      code,
      at,
      message: `there is no ${noun} "${name}"`,
      hint: suggest(name, [...this.names[kind]].filter(isName), `declare it under ${kind}`),
    };
  }

  /** A reference to Slack's own channel, a URL or a variable, instead of a name declared under channels. Nothing is quoted. */
  private noChannelName(name: string, at: Place): Fault {
    const declared = [...this.names.channels].filter(isName);
    const meant = nearest(name.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, ''), declared);
    return {
      code: kinds.channels.code,
      at,
      message: 'this is not the name of a channel under channels',
      hint:
        meant === undefined
          ? 'declare it under channels, such as security: { webhook: "${SLACK_WEBHOOK_URL}" }, and write security here'
          : `did you mean "${meant}"?`,
    };
  }
}

/** Any other key may be a misplaced secret. */
function isName(name: string): boolean {
  return !/[\s:/$%#@<>{}]/.test(name);
}

function isReadable({ raw }: RulesSource, kind: NameKind): boolean {
  const section = raw[kind];
  return section === undefined || section === null || isObject(section);
}
