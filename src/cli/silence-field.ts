import { parseDocument } from 'yaml';
import { UsageError } from './cli-io.js';
import { printable } from './printable.js';

/**
 * What `--field path=value` options say, by path. A value in braces or brackets is a YAML collection, as in a rules file:
 * operators or a list. Any other value is the text that it is, since the signs that mean something to YAML (`*`, `@`, `#`,
 * `:`) are ordinary ones on a command line.
 *
 * @throws UsageError which names the option that can't be read
 */
export function parseFields(options: readonly string[]): Readonly<Record<string, unknown>> {
  const fields = new Map<string, unknown>();
  for (const option of options) {
    const at = option.indexOf('=');
    const path = option.slice(0, at).trim();
    if (at < 0 || path === '')
      throw new UsageError(`--field ${printable(option)}: write path=value, such as --field ip=203.0.113.9`);
    if (fields.has(path))
      throw new UsageError(
        `--field ${printable(path)} is given twice; for any of several values write --field '${printable(path)}=[one, other]'`,
      );
    fields.set(path, parseValue(option, option.slice(at + 1)));
  }
  return Object.fromEntries(fields);
}

function parseValue(option: string, value: string): unknown {
  if (!/^\s*(\{.*\}|\[.*\])\s*$/s.test(value)) return value;
  try {
    const document = parseDocument(value);
    const [fault] = [...document.errors, ...document.warnings];
    if (fault !== undefined) throw fault;
    return document.toJS() as unknown;
  } catch (error) {
    // Aliases are looked up only when the values are taken, with errors of another class.
    const [why = ''] = (error as Error).message.split(/ at line |\n/);
    throw new UsageError(
      `--field ${printable(option)}: what is in braces or brackets is not YAML (${printable(why)}); put each text in double quotes, as in --field 'user_name=["*@example.com"]' or --field 'ip={ cidr: "203.0.113.0/24" }'`,
    );
  }
}
