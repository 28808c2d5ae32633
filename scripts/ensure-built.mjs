// Builds dist/ when it is incomplete or older than the source, so that `npm ci && npm start` is enough on a fresh clone.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const built = 'dist/main.js';
/** What the last step of the build writes, which `npm run dev` leaves out. */
const bundled = 'dist/bundle/third-party-licenses.txt';

function newest(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}

function isStale() {
  if (!existsSync(built)) return true;
  // Without the source, as where only the build was copied to, there is nothing to build from.
  if (!existsSync('src')) return false;
  return !existsSync(bundled) || Math.max(newest('src'), newest('scripts')) > statSync(built).mtimeMs;
}

if (isStale()) {
  if (!existsSync('node_modules/.bin/nest')) {
    console.error(
      'The router is not built, and what builds it is not installed. Run npm ci without --omit=dev and then npm run build; ' +
        'after that npm ci --omit=dev may take the tools away again. The package auth0-alert-router comes built.',
    );
    process.exit(1);
  }
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
