import type { ClassConstructor } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { isObject } from '../../domain/json-value.js';

/** Names that every object has already; as keys they are no section's. */
const reserved = new Set(['__proto__', 'constructor']);

/**
 * A mapping as an instance of its section's class, and so are the sections that `@Type` says are nested in it. All else
 * stays as YAML gave it: holes in lists too. class-transformer's own plainToInstance goes down into every value, and
 * throws at one with a key named `constructor`.
 */
export function instanceOf<T extends object>(
  section: ClassConstructor<T>,
  value: Record<string, unknown>,
): T {
  const instance = new section();
  for (const [key, entry] of Object.entries(value)) {
    if (!reserved.has(key)) Object.assign(instance, { [key]: nestedIn(section, key, entry) });
  }
  return instance;
}

function nestedIn(section: ClassConstructor<object>, key: string, value: unknown): unknown {
  const metadata = defaultMetadataStorage.findTypeMetadata(section, key);
  if (metadata === undefined) return value;
  const type = metadata.typeFunction() as ClassConstructor<object>;
  const nested = (entry: unknown) => (isObject(entry) ? instanceOf(type, entry) : entry);
  if (metadata.reflectedType === Array) return Array.isArray(value) ? value.map(nested) : value;
  if (metadata.reflectedType !== Map) return nested(value);
  return isObject(value)
    ? new Map(Object.entries(value).map(([name, entry]) => [name, nested(entry)]))
    : value;
}
