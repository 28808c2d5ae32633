// Writes docs/detections.md from the detection pack; with --check, only says by its exit code whether it is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { parseDocument } from 'yaml';

const source = 'rules/auth0-detections.yaml';
const target = 'docs/detections.md';

const text = readFileSync(source, 'utf8');
const pack = parseDocument(text, { merge: true }).toJS({ maxAliasCount: 1000 });
const page = await format(pageOf(pack, sectionsOf(text)), { parser: 'markdown', printWidth: 110 });

if (!process.argv.includes('--check')) {
  writeFileSync(target, page);
} else if (readFileSync(target, 'utf8') !== page) {
  console.error(`${target} is stale: run npm run docs:detections`);
  process.exitCode = 1;
}

/** The headings of the pack's comments, each with the ids of the rules below it. */
function sectionsOf(yaml) {
  const sections = [];
  for (const line of yaml.split('\n')) {
    const [, title] = /^ {2}# -{10,} (.+)$/.exec(line) ?? [];
    const [, id] = /^ {2}- id: (\S+)$/.exec(line) ?? [];
    if (title !== undefined) sections.push({ title, ids: [] });
    else if (id !== undefined) sections.at(-1).ids.push(id);
  }
  return sections;
}

function pageOf({ rules, lists }, sections) {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return [
    '# The detection pack',
    `${rules.length} rules that watch an Auth0 tenant, ready to be included with one line of \`rules.yaml\`:`,
    '```yaml\ninclude: [rules/auth0-detections.yaml]\n```',
    [
      'Their alerts go to `defaults.channels`. Single rules are changed under `overrides`, by their id, and the lists are',
      'filled in under `lists` of the including file ([the rules file](rules.md#several-files)). `alert-router test`',
      'runs the tests that each rule carries.',
    ].join('\n'),
    `This page is made from [${source}](../${source}) by \`npm run docs:detections\`.`,
    '## Lists',
    'A rule that needs a list does not alert as long as the list is empty, except where the rule says so.',
    table(
      ['list', 'ships with', 'used by'],
      Object.entries(lists).map(([name, entries]) => [
        `\`${name}\``,
        entries.length === 0 ? 'nothing' : `${entries.length} entries`,
        rules
          .filter(({ match }) => JSON.stringify(match).includes(`"${name}"`))
          .map(({ id }) => `\`${id}\``)
          .join(', '),
      ]),
    ),
    ...sections.flatMap(({ title, ids }) => [
      `## ${title}`,
      table(
        ['id', 'what', 'severity', 'threshold', 'description', 'ATT&CK'],
        ids.map((id) => rowOf(byId.get(id))),
      ),
    ]),
  ].join('\n\n');
}

function rowOf(rule) {
  const paragraphs = rule.description.trim().split('\n');
  return [
    `\`${rule.id}\``,
    rule.name,
    rule.severity,
    thresholdOf(rule),
    paragraphs.map((paragraph) => paragraph.replace(/^(Default|Runbook):/, '**$1**:')).join('<br>'),
    rule.tags.map(techniqueLink).filter(Boolean).join(', '),
  ];
}

/** A link to the technique of MITRE ATT&CK that a tag such as attack.t1110.004 names. */
function techniqueLink(tag) {
  const [, technique] = /^attack\.(t\d{4}(?:\.\d{3})?)$/.exec(tag) ?? [];
  if (technique === undefined) return undefined;
  const name = technique.toUpperCase();
  return `[${name}](https://attack.mitre.org/techniques/${name.replace('.', '/')}/)`;
}

function thresholdOf({ window, throttle, group }) {
  return [
    windowText(window),
    throttle && `one message every ${throttle.every}${keyText(throttle.by)}`,
    group && `grouped for ${group.wait}${keyText(group.by)}`,
  ]
    .filter(Boolean)
    .join('; ');
}

function windowText(window) {
  if (window === undefined) return 'every match';
  const { within, by, count, distinct, sequence, ordered } = window;
  const key = keyText(by);
  if (count !== undefined) return `${count} in ${within}${key}`;
  if (distinct !== undefined) return `${distinct.count} different \`${distinct.field}\` in ${within}${key}`;
  if (sequence !== undefined) {
    const steps = sequence.map((step) => `${step.count ?? 1} of ${stepText(step)}`);
    return `${steps.join(ordered === false ? ' and ' : ', then ')}, in ${within}${key}`;
  }
  if (window.missing !== undefined) return `not followed by ${stepText(window.missing)} in ${within}${key}`;
  return `a new \`${window.new.field}\` after ${window.new.learn} of learning${key}`;
}

function stepText({ types, fields }) {
  return (types ?? [fields.description]).map((name) => `\`${name}\``).join(', ');
}

function keyText(by = []) {
  const keys = by.map((part) => (part.includes('{{') ? 'e-mail domain' : `\`${part}\``));
  return keys.length === 0 ? '' : ` by ${keys.join(', ')}`;
}

function table(head, rows) {
  return [tableLine(head), tableLine(head.map(() => '---')), ...rows.map(tableLine)].join('\n');
}

function tableLine(cells) {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
