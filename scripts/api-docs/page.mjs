// The page at /docs, made from the OpenAPI document: plain HTML that needs no script, and one stylesheet beside it.
import { html } from './html.mjs';
import { propertiesOf, typeOf } from './schema.mjs';

export function pageOf(document) {
  const groups = groupsOf(document);
  const { title, description } = document.info;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}: API</title>
        <link rel="stylesheet" href="docs/style.css" />
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p>
            ${description} The same as OpenAPI ${document.openapi}: <a href="docs-json">JSON</a>,
            <a href="docs-yaml">YAML</a>.
          </p>
          <p>
            An error is answered as <code>application/problem+json</code> (RFC 9457): <code>status</code>,
            <code>title</code> and <code>detail</code>, and beside them <code>errors</code> where there are
            several.
          </p>
        </header>
        <nav aria-label="Routes">${groups.map(contents)}</nav>
        <main>
          ${groups.map((group) => groupSection(group, document))}
          <section>
            <h2 id="schemas">Schemas</h2>
            ${Object.entries(document.components.schemas).map(schemaSection)}
          </section>
        </main>
      </body>
    </html> `.text;
}

/** The routes by their first tag, in the document's order. */
function groupsOf({ paths }) {
  const groups = new Map();
  for (const [path, methods] of Object.entries(paths))
    for (const [method, operation] of Object.entries(methods)) {
      const [tag] = operation.tags;
      groups.set(tag, [...(groups.get(tag) ?? []), { ...operation, path, method: method.toUpperCase() }]);
    }
  return [...groups];
}

function contents([tag, routes]) {
  const entries = routes.map((route) => html`<li><a href="#${route.operationId}">${nameOf(route)}</a></li>`);
  return html`<h2><a href="#${tag}">${tag}</a></h2>
    <ul>
      ${entries}
    </ul>`;
}

function groupSection([tag, routes], document) {
  return html`<section>
    <h2 id="${tag}">${tag}</h2>
    ${routes.map((route) => routeSection(route, document))}
  </section>`;
}

function nameOf({ method, path }) {
  return html`<span class="method ${method.toLowerCase()}">${method}</span> <code>${path}</code>`;
}

function routeSection(route, document) {
  return html`<article>
    <h3 id="${route.operationId}">${nameOf(route)}</h3>
    <p>${route.summary}.</p>
    ${securityNote(route, document)} ${parametersOf(route)} ${bodyOf(route)}
    <h4>Answers</h4>
    ${table(['status', 'body', 'meaning'], Object.entries(route.responses).map(answerRow))}
  </article> `;
}

function parametersOf({ parameters = [] }) {
  if (parameters.length === 0) return undefined;
  return html`<h4>Parameters</h4>
    ${table(['name', 'in', 'type', 'note'], parameters.map(parameterRow))}`;
}

function bodyOf({ requestBody }) {
  if (requestBody === undefined) return undefined;
  return html`<h4>Body</h4>
    ${contentOf(requestBody).map((content) => html`<div>${content}</div>`)}`;
}

function contentOf({ content = {} }) {
  return Object.entries(content).map(
    ([type, media]) =>
      html`<code>${type}</code>: ${typeOf(media.schema)} ${examplesOf(media).map(exampleDetails)}`,
  );
}

/** The examples of a media type with what each is about. */
function examplesOf({ example, examples = {} }) {
  const named = Object.values(examples).map(({ summary, value }) => [`Example: ${summary}`, value]);
  return example === undefined ? named : [['Example', example], ...named];
}

/** Opens without a script. */
function exampleDetails([about, value]) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  return html`<details>
    <summary>${about}</summary>
    <pre>${text}</pre>
  </details>`;
}

function securityNote({ security = [] }, { components }) {
  const names = security.flatMap((requirement) => Object.keys(requirement));
  const isOptional = security.some((requirement) => Object.keys(requirement).length === 0);
  return names.map((name) => {
    const { type, name: header, description } = components.securitySchemes[name];
    const sent = type === 'apiKey' ? `${header}: …` : 'Authorization: Bearer …';
    return html`<p>${isOptional ? 'May want' : 'Wants'} <code>${sent}</code>: ${description}.</p>`;
  });
}

function parameterRow(parameter) {
  const { name, required, description } = parameter;
  return [html`<code>${name}</code>`, parameter.in, typeOf(parameter.schema), note(required, description)];
}

function answerRow([status, response]) {
  const headers = Object.keys(response.headers ?? {}).map((name) => html`<code>${name}</code>`);
  const meaning = [response.description, headers.length > 0 && html`; with ${headers}`];
  return [html`<code>${status}</code>`, contentOf(response), meaning];
}

function schemaSection([name, schema]) {
  return html`<article>
    <h3 id="schema-${name}">${name}</h3>
    ${schema.description && html`<p>${schema.description}</p>`}
    ${table(
      ['property', 'type', 'note'],
      propertiesOf(schema).map(([property, type, required, description]) => [
        html`<code>${property}</code>`,
        type,
        note(required, description),
      ]),
    )}
  </article> `;
}

function note(required, description) {
  return [required ? undefined : 'optional', description].filter(Boolean).join('; ');
}

function table(head, rows) {
  return html`<div class="scrolls">
    <table>
      <thead>
        <tr>
          ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(tableRow)}
      </tbody>
    </table>
  </div>`;
}

function tableRow(cells) {
  return html`<tr>
    ${cells.map((cell) => html`<td>${cell}</td>`)}
  </tr>`;
}
