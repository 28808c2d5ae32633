import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';

/**
 * What a check asks of each entry of a list or mapping; it stands among the check's constraints, so that a fault can be
 * reported at the entry that has it.
 */
export class ElementTest {
  constructor(readonly holds: (element: unknown) => boolean) {}
}
