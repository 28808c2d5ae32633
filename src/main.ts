import { once } from 'node:events';
import { readSettings } from './config/read-settings.js';
import { createApp } from './create-app.js';
import { startLines } from './start-lines.js';
import { refusalLines } from './start-refusal.js';
import { addOpenApi } from './web/open-api.js';

const read = readSettings(process.env);
if (!read.ok) {
  console.error(
    ['The settings are not valid:', ...read.problems.map((problem) => `  - ${problem}`)].join('\n'),
  );
  process.exit(1);
}
const { settings, madeToken } = read;
const created = await createApp(settings);
if (!created.ok) {
  console.error(refusalLines(created.refusal).join('\n'));
  process.exit(1);
}
const { app, rules } = created;
addOpenApi(app);
await app.listen(settings.PORT, settings.HOST);
console.log(startLines(await app.getUrl(), settings, madeToken, rules).join('\n'));

await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
await app.close();
process.exit(0);
