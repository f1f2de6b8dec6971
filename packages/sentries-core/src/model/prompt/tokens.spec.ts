import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countTokens, likelyTokens } from './tokens';

/** Counts with the vocabulary of Llama 2. The package is an ES module: it runs in a process of its own. */
function realCounts(texts: readonly string[]): number[] {
  const program =
    "import tokenizer from 'llama-tokenizer-js'; import { readFileSync } from 'node:fs';" +
    'const texts = JSON.parse(readFileSync(0, "utf8"));' +
    'console.log(JSON.stringify(texts.map((text) => tokenizer.encode(text, false, false).length)));';
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: __dirname,
    input: JSON.stringify(texts),
    encoding: 'utf8',
  });
  return JSON.parse(out) as number[];
}

/** The Python that is in this repository, in pieces. */
function pythonTexts(): string[] {
  const folder = join(__dirname, '../../../python');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.py'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .flatMap((text) => text.match(/[^]{1,4000}/g) ?? [])
    .filter((text) => text.length > 500);
}

const ODD = {
  'short names': 'x = a(b, c) + d[e] ** f // (g - h) * i / j\n'.repeat(20),
  'long names':
    'class ConfigurationManagerFactoryBuilder(InternationalizationMixin): pass\n'.repeat(20),
  numbers: 'assert total == 1234567.8901234\n'.repeat(30),
  'deep indents': `${' '.repeat(24)}return None\n`.repeat(30),
  'hexadecimal text': 'key = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15"\n'.repeat(
    8,
  ),
  Russian: 'assert приветствие("Анна") == "Здравствуйте, Анна!"\n'.repeat(10),
  Chinese: 'assert greet("安娜") == "你好，安娜！"\n'.repeat(10),
  emoji: 'assert face() == "🙂🙃😀"\n'.repeat(10),
  'blank lines': 'x = 1\n\n\n\n\ny = 2\n'.repeat(20),
};

describe('the number of tokens of a text', () => {
  const texts = [...pythonTexts(), ...Object.values(ODD)];
  const ratios = realCounts(texts).map((real, at) => countTokens(texts[at]!) / real);

  it('is never below what the smallest vocabulary makes of it', () => {
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(1);
  });

  it('is at most a third above it for Python', () => {
    expect(Math.max(...ratios.slice(0, texts.length - Object.keys(ODD).length))).toBeLessThan(1.34);
  });

  it('is at most the sum of those of its lines', () => {
    for (const text of texts) {
      const sum = text.split('\n').reduce((total, line) => total + countTokens(`${line}\n`), 0);
      expect(countTokens(text)).toBeLessThanOrEqual(sum);
    }
  });

  it('that a server is expected to count is less, and not so far below that a cut goes unseen', () => {
    for (const [at, text] of texts.entries()) {
      const real = countTokens(text) / ratios[at]!;
      expect(likelyTokens(text)).toBeLessThan(real * 1.25);
      if (at < texts.length - Object.keys(ODD).length) {
        expect(likelyTokens(text)).toBeGreaterThan(real * 0.75);
      }
    }
  });
});
