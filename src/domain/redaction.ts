import type { LogEvent } from './event.js';
import { resolvePath } from './matching/field-path.js';
import { networkOf } from './matching/address.js';
import { isObject } from './json-value.js';
import type { Fingerprint } from './windows/window-key.js';
import { oneSpelling } from './text.js';
import { writeJson } from './windows/sample-data.js';

/** How a field is stored and sent. */
export const redactions = ['mask', 'hash', 'truncate', 'drop'] as const;
export type Redaction = (typeof redactions)[number];

export interface RedactedField {
  readonly steps: readonly string[];
  readonly redaction: Redaction;
}

/** What a person is known by. */
export const personFields = ['user_id', 'user_name', 'ip', 'email'] as const;
export type PersonField = (typeof personFields)[number];

/** Where Auth0's events have them: of the person whom the event is about, and of the one who caused it. */
const personPaths: Readonly<Record<PersonField, readonly (readonly string[])[]>> = {
  user_id: [['user_id'], ['details', 'request', 'auth', 'user', 'user_id']],
  user_name: [['user_name'], ['details', 'request', 'auth', 'user', 'name']],
  ip: [['ip']],
  email: [
    ['user_name'],
    ['details', 'request', 'body', 'email'],
    ['details', 'request', 'auth', 'user', 'email'],
  ],
};

/** What is put in place of a value that has nothing to be shown. */
const hidden = '…';
/** In hexadecimal digits. */
const hashLength = 12;
const personLength = 16;
const deepestArray = 20;

/**
 * Keeps fields of events from being stored and sent as they came. Rules match on the event as it came; everything that
 * is written or shown is made of {@link Redactor.shown}.
 */
export class Redactor {
  private readonly shownEvents = new WeakMap<LogEvent, LogEvent>();

  /** @param hash of any length; 12 hexadecimal digits of it are shown */
  constructor(
    readonly fields: readonly RedactedField[],
    private readonly hash: Fingerprint,
  ) {}

  /** Whether nothing is redacted. */
  get isEmpty(): boolean {
    return this.fields.length === 0;
  }

  /** The event as it may leave memory. The same object for the same event. */
  shown(event: LogEvent): LogEvent {
    if (this.isEmpty) return event;
    const known = this.shownEvents.get(event);
    if (known !== undefined) return known;
    const shown = { ...event, data: this.data(event.data) };
    this.shownEvents.set(event, shown);
    return shown;
  }

  /** The data of an event as it may leave memory. */
  data(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    let redacted: unknown = data;
    for (const { steps, redaction } of this.fields) redacted = this.redactAt(redacted, steps, redaction);
    return redacted as Readonly<Record<string, unknown>>;
  }

  /** A text that was taken from the field, as it may leave memory; undefined when nothing of it may. */
  text(steps: readonly string[], text: string): string | undefined {
    const value = this.data(nest(steps, text));
    const found = steps.reduce<unknown>((inner, step) => (isObject(inner) ? inner[step] : undefined), value);
    return typeof found === 'string' ? found : undefined;
  }

  /** A key that is stored: it stands for values that may not be. */
  key(text: string): string {
    return this.isEmpty ? text : this.hash(text);
  }

  /** Whom the event is about, as fingerprints. Each says nothing by itself to whoever has no key. */
  people({ data }: LogEvent): readonly string[] {
    const found = personFields.flatMap((field) =>
      personPaths[field].flatMap((path) => {
        const value = resolvePath(data, path);
        return typeof value === 'string' && value !== '' ? [this.person(field, value)] : [];
      }),
    );
    return [...new Set(found)];
  }

  /** The fingerprint of a person, whom {@link people} gives for events that have the value in that field. */
  person(field: PersonField, value: string): string {
    return this.hash(`${field} ${oneSpelling(value)}`).slice(0, personLength);
  }

  /** What `hash` puts in the place of a value. */
  hashed(value: string): string {
    return this.hash(oneSpelling(value)).slice(0, hashLength);
  }

  /** @param depth of arrays right inside arrays: what is nested more deeply than any event's is hidden */
  private redactAt(value: unknown, steps: readonly string[], redaction: Redaction, depth = 0): unknown {
    const [step, ...rest] = steps;
    if (step === undefined) return this.redact(value, redaction);
    if (Array.isArray(value)) {
      if (depth === deepestArray) return hidden;
      const only = /^\d+$/.test(step) ? Number(step) : undefined;
      return value.map((element: unknown, index) => {
        if (only === undefined) return this.redactAt(element, steps, redaction, depth + 1);
        return index === only ? this.redactAt(element, rest, redaction) : element;
      });
    }
    if (!isObject(value) || !Object.hasOwn(value, step)) return value;
    const entries = Object.entries(value).flatMap(([name, inner]): (readonly [string, unknown])[] => {
      if (name !== step) return [[name, inner]];
      const isGone = redaction === 'drop' && rest.length === 0;
      return isGone ? [] : [[name, this.redactAt(inner, rest, redaction)]];
    });
    return Object.fromEntries(entries);
  }

  /** Each element of an array by itself. */
  private redact(value: unknown, redaction: Redaction): unknown {
    return Array.isArray(value)
      ? value.map((element) => this.redactOne(element, redaction))
      : this.redactOne(value, redaction);
  }

  /** What is not known, which is null or empty, says nothing of anybody. */
  private redactOne(value: unknown, redaction: Redaction): unknown {
    if (value === null || value === undefined || value === '') return value;
    switch (redaction) {
      case 'mask':
        return typeof value === 'string' ? masked(value) : hidden;
      case 'hash':
        return this.hashed(typeof value === 'string' ? value : (writeJson(value) ?? hidden));
      case 'truncate':
        return (typeof value === 'string' ? networkOf(value) : undefined) ?? hidden;
      case 'drop':
        return hidden;
    }
  }
}

const emailAddress = /^([^@]+)(@[^@\s]+)$/s;
const phoneNumber = /^\+?\d[\d\s().-]{5,}$/;

/** `a…@example.com`, `+49…17`, and of any other text the first character. */
function masked(text: string): string {
  const [, name, domain] = emailAddress.exec(text) ?? [];
  if (name !== undefined) return `${firstCharacter(name)}${hidden}${domain ?? ''}`;
  if (phoneNumber.test(text))
    return `${text.slice(0, text.startsWith('+') ? 3 : 2)}${hidden}${text.slice(-2)}`;
  return text.length > 2 ? `${firstCharacter(text)}${hidden}` : hidden;
}

/** All of it, where it takes two UTF-16 units. */
function firstCharacter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0);
}

function nest(steps: readonly string[], text: string): Readonly<Record<string, unknown>> {
  return steps.reduceRight<unknown>((inner, step) => ({ [step]: inner }), text) as Readonly<
    Record<string, unknown>
  >;
}
