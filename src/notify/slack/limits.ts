/**
 * What a message stays under, in UTF-16 units after escaping. Each is a little below what Slack's Block Kit
 * reference states; the sum over all blocks is undocumented and lies near 11,000.
 */
export const limits = {
  header: 150,
  section: 2_900,
  field: 1_900,
  text: 3_500,
  blocks: 45,
  /** Of all blocks together, measured as JSON. */
  blockCharacters: 10_000,
  url: 3_000,
  /** Of a value in a link's label; so that no link is longer than a section. */
  label: 500,
  buttonText: 75,
  buttonValue: 2_000,
  blockId: 255,
  sectionFields: 10,
  contextElements: 10,
  actionElements: 25,
} as const;
