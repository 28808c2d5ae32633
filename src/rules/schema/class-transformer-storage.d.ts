/** class-validator-jsonschema reads what `@Type` says from here; class-transformer's types leave the file out. */
declare module 'class-transformer/cjs/storage.js' {
  export { defaultMetadataStorage } from 'class-transformer/types/storage.js';
}
