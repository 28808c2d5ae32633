import type { JsonObject } from './json.js';

/** What the fake Slack does with a request instead of judging it as Slack would. */
export type ScriptedAnswer =
  /** Answers this. A `body` that is an object is sent as JSON. Nothing is posted. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string | JsonObject;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Reads the request and never answers it. Nothing is posted. */
  | { readonly kind: 'hang' }
  /** Reads the request, then closes the connection without an answer. Nothing is posted. */
  | { readonly kind: 'drop' }
  /** Resets the connection before it reads the body. Nothing is posted. */
  | { readonly kind: 'reset' }
  /** Judges the request as always and posts the message, but answers one byte every `periodMs`. */
  | { readonly kind: 'drip'; readonly periodMs: number }
  /** Judges the request as always and posts the message, then closes the connection without an answer. */
  | { readonly kind: 'accept-then-drop' };

interface Entry {
  readonly answer: ScriptedAnswer;
  readonly target: string | undefined;
  left: number;
}

/** Scripted answers. Of those that fit a request, the one scripted first is used up first. */
export class ScriptedAnswers {
  private entries: Entry[] = [];

  add(answer: ScriptedAnswer, times: number, target: string | undefined): void {
    this.entries.push({ answer, target, left: times });
  }

  clear(): void {
    this.entries = [];
  }

  /** The answer for a request known by these names (its path, its channel), left in place. */
  peek(names: readonly string[]): ScriptedAnswer | undefined {
    return this.entryFor(names)?.answer;
  }

  /** The answer for a request known by these names, used up by one. */
  take(names: readonly string[]): ScriptedAnswer | undefined {
    const entry = this.entryFor(names);
    if (entry === undefined) return undefined;
    entry.left -= 1;
    return entry.answer;
  }

  private entryFor(names: readonly string[]): Entry | undefined {
    return this.entries.find(
      ({ left, target }) => left > 0 && (target === undefined || names.includes(target)),
    );
  }
}
