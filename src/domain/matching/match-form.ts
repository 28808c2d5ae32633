/**
 * The grammar of `match` as the rules file writes it. `types` and `fields` are checked by {@link compileMatch};
 * `where` is a json-rules-engine condition tree.
 */
export interface MatchForm {
  readonly types?: string | readonly string[];
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly where?: unknown;
  readonly except?: MatchForm;
}
