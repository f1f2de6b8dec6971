import type { Files } from '../workspace';

/** The project's name, and its folder in the workspace. */
export const PROJECT = 'green';
export const FOLDER = 'libs/green';

const FILES = 25;
/** Of each of the kinds below, in one file. */
const OF_A_KIND = 5;

/** A source file whose message a test expects word for word. */
const UNITS_FILE = `${FOLDER}/src/green/units.py`;

const unitsSource = (message: string): string => `FACTORS = {"g": 1, "kg": 1000, "t": 1_000_000}


def to_grams(amount, unit):
    if unit not in FACTORS:
        raise ValueError(f"${message}: {unit}")
    return amount * FACTORS[unit]
`;

/** The change that leaves exactly one test behind. */
export const REWORDED: Files = { [UNITS_FILE]: unitsSource('no such unit') };

const WORDS = `import re


def count_words(text):
    counts = {}
    for word in re.findall(r"\\w+", text.lower()):
        counts[word] = counts.get(word, 0) + 1
    return counts


def slug(title):
    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))


def wrap(text, width):
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def invert(table):
    return {value: key for key, value in table.items()}
`;

const UNITS_TESTS = `import pytest
from green.units import to_grams


def test_an_unknown_unit_is_named():
    with pytest.raises(ValueError) as raised:
        to_grams(3, "stone")
    assert str(raised.value) == "unknown unit: stone"
`;

/** Four tests that do a little work each; `n` makes them differ. */
const wordsTests = (n: number): string => `

def test_count_words_${n}():
    counts = count_words(" ".join(f"W{i % ${n}}" for i in range(${n} * 20)))
    assert len(counts) == ${n}
    assert set(counts.values()) == {20}


def test_slug_${n}():
    assert slug("  The Title, number ${n}! ") == "the-title-number-${n}"


def test_wrap_${n}():
    lines = wrap("lorem ipsum dolor sit amet " * ${n}, 40)
    assert max(len(line) for line in lines) <= 40
    assert " ".join(lines).split() == ["lorem", "ipsum", "dolor", "sit", "amet"] * ${n}


def test_invert_${n}():
    table = {f"key {i}": i for i in range(${n} * 20)}
    assert invert(invert(table)) == table
`;

const testFile = (number: number): string =>
  'from green.words import count_words, invert, slug, wrap\n' +
  Array.from({ length: OF_A_KIND }, (_, at) => wordsTests(number * OF_A_KIND + at + 1)).join('');

const testFiles: Files = Object.fromEntries(
  Array.from({ length: FILES }, (_, number) => [
    `${FOLDER}/tests/test_words_${String(number).padStart(2, '0')}.py`,
    testFile(number),
  ]),
);

/** A workspace with one Python project of some five hundred quick tests, all green. */
export const GREEN_PROJECT: Files = {
  '.gitignore': ['node_modules', '.venv', '.nx', '__pycache__', '.pytest_cache', ''].join('\n'),
  'nx.json': JSON.stringify({
    plugins: ['nx-sentries'],
    defaultBase: 'main',
    neverConnectToCloud: true,
    analytics: false,
  }),
  'package.json': '{ "name": "bench", "private": true }\n',
  [`${FOLDER}/pyproject.toml`]:
    `[project]\nname = "${PROJECT}"\nversion = "1.0.0"\n\n` +
    '[tool.pytest.ini_options]\ntestpaths = ["tests"]\npythonpath = ["src"]\n',
  [`${FOLDER}/src/green/__init__.py`]: '',
  [`${FOLDER}/src/green/words.py`]: WORDS,
  [UNITS_FILE]: unitsSource('unknown unit'),
  [`${FOLDER}/tests/test_units.py`]: UNITS_TESTS,
  ...testFiles,
};
