import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { rulesJsonSchema } from './rules-json-schema.js';

// Writes rules.schema.json, which editors read and `alert-router schema` prints. `npm run schema` compiles and runs it.
const text = JSON.stringify(rulesJsonSchema(), null, 2);
writeFileSync('rules.schema.json', await format(text, { parser: 'json', printWidth: 110 }));
