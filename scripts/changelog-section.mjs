// Prints what CHANGELOG.md says of a version: node scripts/changelog-section.mjs 1.2.3
import { readFileSync } from 'node:fs';

const version = process.argv[2] ?? '';
const sections = readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8').split(/^(?=## )/m);
const section = sections.find((text) => text.startsWith(`## [${version}] - `));
if (section === undefined) {
  console.error(
    `CHANGELOG.md has no section for ${version}: write "## [${version}] - YYYY-MM-DD" above its entries.`,
  );
  process.exit(1);
}
console.log(section.slice(section.indexOf('\n')).trim());
