// Puts each program of dist/, and all that it imports, into a few files: a start then opens some ten files instead of
// two thousand. The programs keep their names; what they share is in dist/bundle/. The last step of `npm run build`.
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
/** Run by node; the tasks are run by the service in processes of their own. */
const programs = ['main', 'cli', 'app/load-task', 'replay/explain-task'];
/** A native module, and packages that others ask for and that this service does not have. */
const external = [
  /^@nestjs\/(microservices|websockets|platform-express)/,
  'libsql',
  'pg-native',
  /^@fastify\/(multipart|static|view)$/,
];

const bundle = await rolldown({
  input: Object.fromEntries(programs.map((name) => [name, join(dist, `${name}.js`)])),
  platform: 'node',
  external,
  onLog(level, log) {
    if (level === 'warn' && log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
  },
});
const { output } = await bundle.write({
  dir: dist,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'bundle/[name]-[hash].js',
});
// V8 keeps a source with a character beyond Latin-1 in twice the memory.
for (const { type, fileName, code } of output) {
  if (type === 'chunk') await writeFile(join(dist, fileName), code.replaceAll(/[^\0-\xff]/g, escaped));
}
const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
await writeFile(join(dist, 'bundle', 'third-party-licenses.txt'), licenses(modules));

/** Means the same in a string, a template and a regular expression, which is where code has such characters. */
function escaped(character) {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The licences of the packages whose code was bundled, as most of them ask for with every copy. */
function licenses(moduleIds) {
  const folders = new Set(
    moduleIds.flatMap((id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []),
  );
  return [...folders].toSorted().map(licenseOf).join('\n\n');
}

function licenseOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}
