import { isAlias, isMap, isPair, isSeq, type Document } from 'yaml';

/** How many times as many nodes as are written a file may have once its aliases are replaced, beside a few that are free. */
const maxGrowth = 100;
const freeNodes = 10_000;

/**
 * Whether the aliases of a document, each replaced by what it names, make it far larger than it is written. Thousands of
 * aliases of something small are fine; anchors that hold aliases of anchors multiply. No alias may stand inside what it
 * names.
 */
export function growsTooFar(document: Document.Parsed): boolean {
  const sizes = new Map<unknown, number>();
  const anchors = new Map<string, unknown>();
  let written = 0;
  const sizeOf = (node: unknown): number => {
    written += 1;
    if (isAlias(node)) return sizes.get(anchors.get(node.source)) ?? 1;
    const size =
      1 +
      (isPair(node)
        ? sizeOf(node.key) + sizeOf(node.value)
        : isMap(node) || isSeq(node)
          ? node.items.reduce<number>((sum, item) => sum + sizeOf(item), 0)
          : 0);
    const { anchor } = (node ?? {}) as { readonly anchor?: string };
    if (anchor !== undefined) {
      anchors.set(anchor, node);
      sizes.set(node, size);
    }
    return size;
  };
  return sizeOf(document.contents) > freeNodes + maxGrowth * written;
}
