import { printable } from './printable';

it('shows what a terminal would obey, and leaves lines, tabs and all other characters', () => {
  expect(printable('a\u001b[2J\u0007b\r\u009b1A\u007f')).toBe('a\\x1b[2J\\x07b\\x0d\\x9b1A\\x7f');
  const plain = '✔ café\t“x”\n  → 🙂\n';
  expect(printable(plain)).toBe(plain);
});
