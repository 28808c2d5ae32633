import { noEvents } from './input-look.js';

describe('noEvents', () => {
  it.each<[string, string | Buffer, string]>([
    ['nothing', '\ufeff \n', 'it is empty.'],
    ['a list of nothing', '[]', 'it is an empty list.'],
    ['a page', '\n<!doctype html><html>', 'it looks like HTML or XML'],
    [
      'a table',
      'Log ID,Type,Date\n1,fp,2026-01-05',
      'it looks like a table (CSV) that begins with "Log ID,Type,Date".',
    ],
    [
      'another table',
      'Log ID\tType\n1\tfp',
      'it looks like a table (CSV) that begins with "Log ID\\u0009Type".',
    ],
    [
      'a log',
      'Nov 26 started\u001b[2J\n',
      'it is text that is not JSON and begins with "Nov 26 started\\u001b[2J".',
    ],
    [
      'an answer',
      '{"statusCode":401,"error":"Unauthorized","message":"Expired token"}',
      'it looks like the answer of an API that refused: 401 Unauthorized Expired token.',
    ],
    ['other JSON', '{"a":1}\n{"b":2}', 'it looks like JSON, but no object in it has the type of an event.'],
    ['JSON that is cut', '[{"a":1},', 'it looks like JSON, but no object in it has the type of an event.'],
    ['an archive', Buffer.from('504b0304140000', 'hex'), 'it is a zip archive; unpack it first: unzip -p'],
    ['zstd', Buffer.from('28b52ffd2404', 'hex'), 'zstdcat'],
    ['UTF-16', Buffer.from('\ufeff[{"type":"f"}]', 'utf16le'), 'it is UTF-16 text; save it as UTF-8.'],
    ['a program', Buffer.from('7f454c4600000000', 'hex'), 'it is not text.'],
  ])('says what %s looks like, on one line', (_what, head, look) => {
    const { message } = noEvents('logs', Buffer.from(head));
    expect(message).toContain(`logs holds no events: `);
    expect(message).toContain(look);
    expect(message).toContain('Give JSON lines');
    expect(message).not.toMatch(/\p{Cc}/u);
  });

  it('shows no more than a few words of the input', () => {
    expect(noEvents('logs', Buffer.from('x'.repeat(4096))).message.length).toBeLessThan(250);
  });
});
