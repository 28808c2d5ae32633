// Writes docs/dependencies.md: what production installs, why, and how large it is. The reasons are in
// dependency-reasons.json, a line each; sizes and counts come from node_modules as it is on this machine.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';

const target = 'docs/dependencies.md';
const { dependencies, overrides } = readJson('package.json');
const { packages } = readJson('package-lock.json');
const reasons = readJson('scripts/dependency-reasons.json');

const missing = Object.keys(dependencies).filter((name) => reasons[name] === undefined);
if (missing.length > 0) {
  console.error(`scripts/dependency-reasons.json gives no reason for: ${missing.join(', ')}`);
  process.exit(1);
}
writeFileSync(target, await format(page(), { parser: 'markdown', printWidth: 120, proseWrap: 'always' }));

function page() {
  const names = Object.keys(dependencies).sort();
  const all = new Set(names.flatMap((name) => [...broughtBy(`node_modules/${name}`)]));
  return `# What production installs

\`npm ci --omit=dev\` installs ${all.size} packages, ${megabytes(sizeOf(all))}. These ${names.length} are the ones that the
router itself asks for. "With what it brings" counts a package that several of them bring for each of them, so the column
adds up to more than the total.

${table(names)}

Sizes are those of the files, as installed on ${process.platform}-${process.arch}; what libsql brings differs by platform.
\`npm run docs:dependencies\` writes this page, with the reasons from \`scripts/dependency-reasons.json\`.

## What holds for all of them

\`test/dependencies.spec.ts\` reads \`package-lock.json\` and checks that:

- no package has an install script, so that \`npm ci --omit=dev --ignore-scripts\` gives a working service;
- TypeScript, \`@nestjs/swagger\`, \`swagger-ui-dist\` and \`@scarf/scarf\`, which reports installations, are not among them;
- every package runs on each version of Node.js that \`engines\` in \`package.json\` admits;
- whatever the source imports is in \`dependencies\`, with a reason.

## What only the build needs

- The build writes the description of the API below \`/docs\` with \`@nestjs/swagger\`. That is a development dependency
  by the name \`nestjs-swagger\`: \`@nestjs/terminus\` has \`@nestjs/swagger\` as an optional peer, and npm installs a
  development dependency that is also an optional peer in production, too.
- \`rules.schema.json\` is shipped as it is, so that \`class-validator-jsonschema\`, which makes it, is not.

## Held back

The newest versions of the OpenTelemetry packages want Node.js 22. The router stays on their 2.x line, and on the
version of \`@opentelemetry/api\` that belongs to it, as long as it runs on Node.js 20.

## Overrides

The newest versions of two packages want Node.js 22, though the packages that bring them run on 20. The router uses nothing
of either. \`overrides\` in \`package.json\` keeps the last version that runs on Node.js 20:

- \`file-type\` ${overrides['file-type']}, with which \`@nestjs/common\` checks files that are uploaded;
- \`cookie\` ${overrides['light-my-request'].cookie}, which \`light-my-request\` loads, with which Fastify is called without a network in tests.

Overrides hold for this repository and its image. Where the packed package is installed on Node.js 20 instead, npm warns of
both, and the router runs nevertheless, since it loads neither.
`;
}

function table(names) {
  const rows = names.map((name) => {
    const path = `node_modules/${name}`;
    const brought = broughtBy(path);
    const size = megabytes(sizeOf([path]));
    const withBrought = brought.size === 1 ? '' : `${brought.size} packages, ${megabytes(sizeOf(brought))}`;
    return `| \`${name}\` | ${packages[path].version} | ${size} | ${withBrought} | ${reasons[name]} |`;
  });
  return [
    '| package | version | size | with what it brings | why |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** The installed packages below and with the one at `path`, by their paths in node_modules. */
function broughtBy(path, found = new Set()) {
  if (found.has(path) || !existsSync(path)) return found;
  found.add(path);
  const { dependencies: needs = {}, optionalDependencies: options = {} } = packages[path];
  for (const name of Object.keys({ ...needs, ...options })) {
    const place = resolved(name, path);
    if (place !== undefined) broughtBy(place, found);
  }
  return found;
}

/** Where Node finds the package `name` from the package at `path`. */
function resolved(name, path) {
  for (let from = path; ; from = from.slice(0, Math.max(from.lastIndexOf('/node_modules/'), 0))) {
    const place = join(from, 'node_modules', name);
    if (packages[place] !== undefined) return place;
    if (from === '') return undefined;
  }
}

function sizeOf(paths) {
  return [...paths].reduce((sum, path) => sum + folderSize(path), 0);
}

/** The bytes of a package's own files. */
function folderSize(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .reduce((sum, entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sum + folderSize(path);
      return sum + (entry.isFile() ? statSync(path).size : 0);
    }, 0);
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(bytes < 1e5 ? 2 : 1)} MB`;
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
