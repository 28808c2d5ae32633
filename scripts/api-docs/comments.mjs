// The comments above the classes that have an ApiProperty, and above their properties: they describe the schemas.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Gives a function from a class and, perhaps, one of its properties to the comment above it. */
export function commentsIn(folder) {
  const comments = new Map();
  for (const file of readdirSync(folder, { recursive: true })) {
    if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    if (text.includes('@ApiProperty('))
      addComments(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), comments);
  }
  return (className, property = '') => comments.get(`${className}.${property}`);
}

function addComments(source, comments) {
  for (const statement of source.statements) {
    if (!ts.isClassDeclaration(statement) || statement.name === undefined) continue;
    const className = statement.name.text;
    add(comments, `${className}.`, statement);
    for (const member of statement.members)
      if (ts.isPropertyDeclaration(member)) add(comments, `${className}.${member.name.text}`, member);
  }
}

function add(comments, name, node) {
  const last = ts.getJSDocCommentsAndTags(node).findLast(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(last?.comment);
  if (text !== undefined) comments.set(name, text.replaceAll(/\s*\n\s*/g, ' '));
}
