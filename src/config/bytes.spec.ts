import { parseBytes } from './bytes.js';

describe('parseBytes', () => {
  it.each([
    ['1048576', 1_048_576],
    ['10b', 10],
    ['500kb', 512_000],
    ['5mb', 5_242_880],
    ['1.5MB', 1_572_864],
    ['1 GB', 1_073_741_824],
    [' 5mb ', 5_242_880],
    ['0.0005kb', 0],
    ['0', 0],
  ])('reads %j as %d bytes', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  it.each(['', 'large', '-1', '5m', '5tb', '1e6', '5mb5', '.5mb', '0x10'])('takes %j for no size', (text) => {
    expect(parseBytes(text)).toBeNaN();
  });
});
