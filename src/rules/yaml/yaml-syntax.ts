import { isMap, isScalar, visit, type Document, type YAMLError } from 'yaml';

/** What the `yaml` package found wrong, in the words of this project. */
export interface SyntaxFault {
  readonly code: 'invalid-yaml' | 'duplicate-key';
  readonly offset: number;
  readonly message: string;
  readonly hint: string;
}

/** Errors that say nothing about the text after them, so that those which follow are worth reporting too. */
const independent: readonly string[] = ['DUPLICATE_KEY', 'TAB_AS_INDENT', 'TAG_RESOLVE_FAILED'];

/**
 * The syntax faults of a document: every independent one, and the first of those that make everything after them unreadable.
 *
 * @param isShown whether the line at an offset may be quoted
 */
export function syntaxFaults(
  document: Document.Parsed,
  text: string,
  isShown: (offset: number) => boolean,
): readonly SyntaxFault[] {
  const found = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]);
  const first = found.find((error) => !independent.includes(error.code));
  return found
    .filter((error) => error === first || (independent.includes(error.code) && !follows(error, first)))
    .map((error) => explain(error, text, document, isShown));
}

/** Whether a key is written twice at the top of the document, so that one of two whole sections is lost. */
export function losesSection(document: Document.Parsed, faults: readonly SyntaxFault[]): boolean {
  const top = document.contents;
  if (!isMap(top)) return false;
  return faults.some(({ offset }) => top.items.some(({ key }) => isScalar(key) && key.range?.[0] === offset));
}

function follows(error: YAMLError, first: YAMLError | undefined): boolean {
  return first !== undefined && error.pos[0] > first.pos[0];
}

function explain(
  error: YAMLError,
  text: string,
  document: Document.Parsed,
  isShown: (offset: number) => boolean,
): SyntaxFault {
  const offset = error.pos[0];
  const quote = (at: number): string => (isShown(at) ? quoteLine(text, at) : 'this line');
  const line = quote(offset);
  const fault = { code: 'invalid-yaml', offset } as const;
  switch (error.code) {
    case 'DUPLICATE_KEY': {
      const [key = ''] = /^[^:\s]+/.exec(text.slice(offset)) ?? [];
      return {
        code: 'duplicate-key',
        offset,
        message: `${isShown(offset) ? `the key ${key}` : 'a key'} is written twice in one mapping`,
        hint: 'keep one of the two, or merge what they hold',
      };
    }
    case 'TAB_AS_INDENT':
      return { ...fault, message: `${line} is indented with a tab`, hint: 'indent with spaces' };
    case 'TAG_RESOLVE_FAILED':
      return {
        ...fault,
        message: `${isShown(offset) ? text.slice(...error.pos) : 'what starts with ! here'} is read as a YAML tag`,
        hint: 'put a text that starts with ! in quotes',
      };
    case 'BAD_DQ_ESCAPE': {
      const escape = isShown(offset) ? ` ${text.slice(offset, offset + 2)}` : ' such a \\';
      return {
        ...fault,
        message: `in double quotes YAML knows no escape${isShown(offset) ? escape : ' of this kind'}: ${line}`,
        hint: `write it in single quotes: in double quotes YAML reads${escape} itself`,
      };
    }
    case 'BAD_SCALAR_START':
      return {
        ...fault,
        message: `a text can't start with ${text.charAt(offset)} as in ${line}`,
        hint: 'put the text in quotes',
      };
    case 'MISSING_CHAR': {
      const opened = error.message.includes('quote') ? lastQuote(document, offset) : undefined;
      if (opened === undefined) break;
      return {
        ...fault,
        offset: opened,
        message: `the quote that opens here is not closed: ${quote(opened)}`,
        hint: 'close the quote',
      };
    }
    case 'MULTIPLE_DOCS':
      return {
        ...fault,
        message: 'a second YAML document starts here',
        hint: 'keep one document a file; other files can be included',
      };
    default:
      break;
  }
  // What the package says may quote the text, too.
  const said = isShown(offset) ? sentence(error.message) : "the YAML can't be read";
  return { ...fault, message: `${said}: ${line}`, hint: hint(error.code) };
}

/** A quote that is not closed runs to the end of the text, so that no other starts after it. */
function lastQuote(document: Document.Parsed, before: number): number | undefined {
  let found: number | undefined;
  visit(document, {
    Scalar: (_key, { type, range }) => {
      if (type?.startsWith('QUOTE') && range && range[0] < before) found = Math.max(found ?? 0, range[0]);
    },
  });
  return found;
}

function hint(code: YAMLError['code']): string {
  switch (code) {
    case 'BAD_INDENT':
      return 'line it up with its neighbours; a bracket that was opened must be closed';
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'quote a text that holds ": ", and line keys up with their neighbours';
    default:
      return 'check the indentation and the quotes around this place';
  }
}

function sentence(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

/** The line at the offset, or the last one before it that holds anything. */
function quoteLine(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  const line =
    text
      .slice(0, end === -1 ? undefined : end)
      .trimEnd()
      .split('\n')
      .at(-1) ?? '';
  return `"${line.trim().slice(0, 60)}"`;
}
