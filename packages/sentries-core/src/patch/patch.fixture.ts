import fc from 'fast-check';

/** Names of files that need care. */
export const NAMES = [
  'plain.py',
  'with space.py',
  'a b/test c.py',
  'é.py',
  'tab\there.py',
  'quo"te.py',
  'back\\slash.py',
  'new\nline.py',
  ' lead.py',
  'a b/a.py b/a.py',
  '文.py',
];

/** Bytes of a file whose lines repeat and end in every way. */
export const content: fc.Arbitrary<Buffer> = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        '',
        'a',
        'b',
        ' a',
        '+a',
        '-- b',
        '@@ -1 +1 @@',
        '\\ No newline',
        '\xe9',
        '\xc3\xa9',
        'a\rb',
        'diff --git a/x b/x',
        '\0',
      ),
      fc.constantFrom('\n', '\n', '\n', '\r\n', '\r\n', '\r', ''),
    ),
    { maxLength: 12 },
  )
  .map((lines) => Buffer.from(lines.flat().join(''), 'latin1'));
