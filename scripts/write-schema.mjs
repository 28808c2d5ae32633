// Writes rules.schema.json from the built classes; `npm run schema` builds before.
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { rulesJsonSchema } from '../dist/rules/json-schema.js';

const text = JSON.stringify(rulesJsonSchema(), null, 2);
writeFileSync('rules.schema.json', await format(text, { parser: 'json', printWidth: 110 }));
