import type {
  AnyBlock,
  ContextBlock,
  HeaderBlock,
  RichTextBlock,
  RichTextSection,
  SectionBlock,
} from '@slack/types';
import type { Severity } from '../../domain/alert.js';
import { cutMrkdwn, splitMrkdwn } from './code-fence.js';
import { cut, cutLiteral, more } from './cut.js';
import { escapeText } from './escape.js';
import { limits } from './limits.js';
import { shareOut } from './share-out.js';

/** The colour of the bar beside the details. */
export const severityColours: Readonly<Record<Severity, string>> = {
  info: '#8a9ba8',
  low: '#2eb67d',
  medium: '#ecb22e',
  high: '#e8590c',
  critical: '#a30200',
};

/** A piece of a message that can be had whole or in less room. */
export interface Part {
  /** @param room characters of JSON; with too little for anything of use, no blocks. */
  build(room: number): AnyBlock[];
}

/** A field's name and value as a person reads them, cleaned. */
export interface ShownField {
  readonly name: string;
  readonly value: string;
}

/** The least room in which something readable can be said. */
const leastRoom = 40;
const leastValue = 20;

/** What the blocks count against the limit on all blocks. */
export function sizeOf(blocks: readonly AnyBlock[]): number {
  return blocks.reduce((sum, block) => sum + JSON.stringify(block).length + 1, 0);
}

/** @param title escaped, on one line. */
export function header(title: string): HeaderBlock {
  return { type: 'header', text: { type: 'plain_text', text: cut(title, limits.header), emoji: false } };
}

export function section(mrkdwn: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: mrkdwn, verbatim: true } };
}

/** @param elements mrkdwn; empty ones are left out. */
export function context(elements: readonly string[]): ContextBlock {
  return {
    type: 'context',
    elements: elements
      .filter((text) => text !== '')
      .slice(0, limits.contextElements)
      .map((text) => ({ type: 'mrkdwn', text, verbatim: true })),
  };
}

/** @param text what was left out, without markup. */
export function leftOut(text: string): ContextBlock {
  return context([escapeText(`… (${text})`)]);
}

/** Builds at most `length` characters of something, and fewer until it fits. */
function fitting(length: number, room: number, build: (length: number) => AnyBlock[]): AnyBlock[] {
  for (let limit = Math.min(length, room); limit >= leastRoom || limit === length;) {
    const blocks = build(limit);
    const over = sizeOf(blocks) - room;
    if (over <= 0) return blocks;
    limit -= over;
  }
  return [];
}

/** Mrkdwn in as many sections as it needs. */
export function textPart(mrkdwn: string): Part {
  return {
    build: (room) =>
      fitting(mrkdwn.length, room, (limit) =>
        splitMrkdwn(cutMrkdwn(mrkdwn, limit), limits.section).map(section),
      ),
  };
}

/** Text shown to the letter, of the length of one section at most. */
export function literalPart(text: string): Part {
  return {
    build: (room) =>
      fitting(Math.min(text.length, limits.section), room, (limit) => [
        {
          type: 'rich_text',
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'text', text: cutLiteral(text, limit) }] },
          ],
        },
      ]),
  };
}

function fieldSection(name: string, value: string): RichTextSection {
  return {
    type: 'rich_text_section',
    elements: [
      { type: 'text', text: `${cutLiteral(name, limits.header)}: `, style: { bold: true } },
      { type: 'text', text: value },
    ],
  };
}

function fieldsBlock(fields: readonly ShownField[], valueLimits: readonly number[]): RichTextBlock {
  return {
    type: 'rich_text',
    elements: fields.map(({ name, value }, index) =>
      fieldSection(name, cutLiteral(value, Math.min(limits.field, valueLimits[index] ?? limits.field))),
    ),
  };
}

/** All fields in one block, a line each; the longest values are cut first, and the last fields left out at need. */
export function fieldsPart(fields: readonly ShownField[]): Part {
  return {
    build: (room) => {
      const whole = fieldsBlock(fields, []);
      if (sizeOf([whole]) <= room) return [whole];
      let used = leastRoom * 4;
      const kept = fields.filter(({ name, value }) => {
        used += JSON.stringify(fieldSection(name, '')).length + 1 + Math.min(2 * value.length, leastValue);
        return used <= room;
      });
      if (kept.length === 0) return [];
      const missing = fields.length - kept.length;
      const note = missing === 0 ? [] : [leftOut(more(missing, 'field'))];
      const wants = kept.map(({ value }) => Math.min(value.length, limits.field));
      return fitting(
        wants.reduce((sum, want) => sum + want, 0),
        room,
        (limit) => [fieldsBlock(kept, shareOut(wants, limit)), ...note],
      );
    },
  };
}

/** The first blocks that fit, and a note that says how many did not. */
export function firstBlocks(blocks: readonly AnyBlock[], most: number, room: number): AnyBlock[] {
  if (blocks.length <= most && sizeOf(blocks) <= room) return [...blocks];
  const kept: AnyBlock[] = [];
  let left = room - sizeOf([leftOut(more(blocks.length, 'block'))]);
  for (const block of blocks) {
    left -= sizeOf([block]);
    if (left < 0 || kept.length >= most - 1) break;
    kept.push(block);
  }
  const missing = blocks.length - kept.length;
  return [...kept, leftOut(more(missing, 'block'))];
}
