// Draws docs/alert.svg: the Slack message that the README's rule makes of twenty failed logins, as the built Slack notifier
// renders it. With --check, only says by its exit code whether the picture is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { dashboardLink } from '../dist/domain/alerting/render-alert.js';
import { payloadOf } from '../dist/notify/slack/payload.js';
import { SequentialIds } from '../dist/replay/sequential-ids.js';
import { Simulation } from '../dist/replay/simulation.js';
import { loadRules } from '../dist/rules/load-rules.js';

const target = 'docs/alert.svg';
const burstStart = Date.parse('2026-01-05T14:02:10Z');
const secondsApart = 23;
const users = ['ann', 'bob', 'carol', 'dave', 'erin', 'frank'].map((name) => `${name}@example.com`);

const width = 760;
const margin = 20;
const left = margin + 52;
const inAttachment = left + 16;
const lineHeight = 22;
/** How wide a character is on average, as a part of the font's size. */
const characterWidth = 0.55;

const picture = drawing(await payload());
if (!process.argv.includes('--check')) {
  writeFileSync(target, picture);
} else if (readFileSync(target, 'utf8') !== picture) {
  console.error(`${target} is stale: run npm run docs:picture`);
  process.exitCode = 1;
}

/** What Slack gets for the burst. */
async function payload() {
  const [, rule] = /```yaml\n(.+?)```/s.exec(readFileSync('README.md', 'utf8'));
  const loaded = await loadRules(
    'rules.yaml',
    {},
    `version: 1\nchannels: { security: { console: true } }\n${rule}`,
  );
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  const linkTo = dashboardLink('https://manage.auth0.com/#');
  const simulation = new Simulation(loaded.rules, new SequentialIds(), linkTo, burstStart);
  for (let number = 0; number < 20; number += 1) await simulation.feed(failedLogin(number));
  const [alert] = simulation.alerts;
  return payloadOf({ kind: 'alert', alerts: [alert.content] }, { silenceButton: true });
}

function failedLogin(number) {
  return {
    log_id: `9002026010514${String(number).padStart(4, '0')}`,
    data: {
      type: 'fp',
      date: new Date(burstStart + number * secondsApart * 1_000).toISOString(),
      description: 'Wrong email or password.',
      ip: '203.0.113.9',
      user_name: users[number % users.length],
      client_name: 'Shop',
      connection: 'Username-Password-Authentication',
    },
  };
}

function drawing({ blocks = [], attachments: [attachment] }) {
  const shapes = [];
  let top = margin + 18;
  shapes.push(`<rect x="${margin}" y="${margin}" width="38" height="38" rx="6" fill="#4a154b"/>`);
  shapes.push(text(margin + 12, top + 8, 20, [{ text: 'A', bold: true, colour: '#ffffff' }]));
  shapes.push(
    text(left, top, 15, [
      { text: 'Auth0 alerts', bold: true },
      { text: ' APP', colour: '#616061' },
    ]),
  );
  top += lineHeight;
  for (const block of blocks) top = draw(block, left, top, shapes);
  const barTop = top - 12;
  for (const block of attachment.blocks) top = draw(block, inAttachment, top, shapes);
  const barHeight = top - lineHeight - barTop + 8;
  shapes.push(
    `<rect x="${left}" y="${barTop}" width="4" height="${barHeight}" rx="2" fill="${attachment.color}"/>`,
  );
  const height = barTop + barHeight + margin;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    '<title>An alert in Slack</title>',
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="#ffffff" stroke="#dddddd"/>`,
    '<g font-family="Lato, Helvetica, Arial, sans-serif" fill="#1d1c1d">',
    ...shapes,
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
}

/** Draws the block below `top`, and returns where the next one begins. */
function draw(block, x, top, shapes) {
  switch (block.type) {
    case 'header':
      return (
        drawLines(
          wrapped([{ text: unescaped(block.text.text), bold: true }], x, 18),
          x,
          top + 4,
          18,
          shapes,
        ) + 4
      );
    case 'section':
      return drawLines(wrapped(spansOf(block.text.text), x, 15), x, top, 15, shapes);
    case 'rich_text':
      for (const { elements } of block.elements) {
        const spans = elements.map((element) => ({ text: element.text, bold: element.style?.bold === true }));
        top = drawLines(wrapped(spans, x, 15), x, top, 15, shapes);
      }
      return top + 2;
    case 'context': {
      const spans = block.elements.flatMap((element, index) => [
        ...(index > 0 ? [{ text: '   ' }] : []),
        ...spansOf(element.text),
      ]);
      const grey = spans.map((span) => ({ colour: '#616061', ...span }));
      return drawLines(wrapped(grey, x, 13), x, top, 13, shapes);
    }
    case 'actions': {
      let at = x;
      for (const button of block.elements) {
        const label = button.text.text;
        const wide = Math.round(label.length * 15 * characterWidth) + 24;
        shapes.push(
          `<rect x="${at}" y="${top - 12}" width="${wide}" height="32" rx="4" fill="none" stroke="#bbbbbb"/>`,
          text(at + 12, top + 9, 15, [{ text: label, bold: true }]),
        );
        at += wide + 8;
      }
      return top + 38;
    }
    default:
      throw new Error(`The picture can't show a block of the type ${block.type}.`);
  }
}

function drawLines(lines, x, top, size, shapes) {
  for (const spans of lines) {
    shapes.push(text(x, top, size, spans));
    top += lineHeight;
  }
  return top;
}

/** The spans in lines that fit the picture. */
function wrapped(spans, x, size) {
  const most = (width - margin - x) / (size * characterWidth);
  const lines = [[]];
  let length = 0;
  for (const span of spans) {
    for (const word of span.text.split(/(?<=\s)/)) {
      if (length + word.trimEnd().length > most) {
        lines.push([]);
        length = 0;
      }
      const line = lines.at(-1);
      const last = line.at(-1);
      if (last?.from === span) last.text += word;
      else line.push({ ...span, text: word, from: span });
      length += word.length;
    }
  }
  return lines;
}

/** Slack's mrkdwn as spans: bold text, links and dates, which show their text for clients without dates. */
function spansOf(mrkdwn) {
  return mrkdwn.split(/(\*[^*\n]+\*|<[^>]+>)/).flatMap((piece) => {
    if (piece === '') return [];
    if (piece.startsWith('*')) return [{ text: unescaped(piece.slice(1, -1)), bold: true }];
    if (!piece.startsWith('<')) return [{ text: unescaped(piece) }];
    const label = unescaped(piece.slice(1, -1).split('|').at(-1));
    return [piece.startsWith('<!date') ? { text: label } : { text: label, colour: '#1264a3' }];
  });
}

function unescaped(slackText) {
  return slackText.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function text(x, y, size, spans) {
  const tspans = spans.map(({ text: words, bold, colour }) => {
    const style = `${bold ? ' font-weight="bold"' : ''}${colour === undefined ? '' : ` fill="${colour}"`}`;
    return `<tspan${style}>${escapedXml(words)}</tspan>`;
  });
  return `<text x="${x}" y="${y}" font-size="${size}" xml:space="preserve">${tspans.join('')}</text>`;
}

function escapedXml(words) {
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
