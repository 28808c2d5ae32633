// What a backtest is measured against: reading JSON lines and parsing each. node bench/parse-logs.mjs <file>
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const started = performance.now();
let [events, types] = [0, 0];
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  events += 1;
  if (typeof JSON.parse(line).type === 'string') types += 1;
}
const seconds = (performance.now() - started) / 1000;
console.log(`${events} events, ${types} with a type, ${seconds.toFixed(2)} s`);
