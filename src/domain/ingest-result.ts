/** What became of a batch; each kind is one answer of `POST /api/logs`. */
export type IngestResult =
  /** Some rule's match held, and what follows from it is on disk. */
  | { readonly kind: 'matched' }
  /** No rule's match held, or the batch was an empty array. Nothing was stored. */
  | { readonly kind: 'unmatched' }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'unsupported-encoding' }
  | { readonly kind: 'corrupt' }
  | { readonly kind: 'too-large' }
  /** The batch could not be stored, and nothing of it was. */
  | { readonly kind: 'not-stored' };
