// HTML by template literals, in which every value that is not HTML itself is escaped.
const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

class Html {
  constructor(text) {
    this.text = text;
  }
}

export function html(parts, ...values) {
  return new Html(String.raw({ raw: parts }, ...values.map((value) => textOf(value))));
}

export function join(pieces, between = '') {
  return new Html(pieces.map((piece) => textOf(piece)).join(between));
}

/** What is absent or false shows nothing, so that `condition && html…` can be used in a template. */
function textOf(value) {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map((entry) => textOf(entry)).join('');
  if (value === undefined || value === null || value === false) return '';
  return String(value).replaceAll(/[&<>"']/g, (character) => entities[character]);
}
