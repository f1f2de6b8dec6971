import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PYTHON } from '../paths';
import { BenchError } from './python-index';

/** Real Python to build files of. */
export interface Corpus {
  /** For each file of the standard library, its top-level statements, with the comments above them. */
  readonly bodies: readonly (readonly string[])[];
  /** How large such files are, in bytes. */
  readonly sizes: readonly number[];
}

/** Larger files would make a workspace of 20,000 files too large for what people have. */
const LARGEST = 24_000;

/**
 * Slices of the standard library that any file may hold: no imports at the top level, and none that are
 * relative, since those mean something else elsewhere.
 */
export function readCorpus(file: string): Corpus {
  if (!existsSync(file)) {
    const { status, stdout, stderr } = spawnSync(PYTHON, ['-W', 'ignore', '-c', SLICE], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
      maxBuffer: 1 << 28,
    });
    if (status !== 0)
      throw new BenchError(`could not slice the standard library: ${stderr}`, 'See its message.');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, stdout);
  }
  const { bodies, sizes } = JSON.parse(readFileSync(file, 'utf8')) as Corpus;
  return { bodies, sizes: sizes.filter((size) => size <= LARGEST) };
}

/** Of each library file of its own (no tests, no tables of encodings) its statements; sorted by path. */
const SLICE = `
import ast, json, os, sysconfig
stdlib = sysconfig.get_path("stdlib")
bodies, sizes = [], []
for folder, below, names in os.walk(stdlib):
    below[:] = sorted(set(below) - {"site-packages", "__pycache__", "test", "tests", "idle_test", "encodings"})
    for name in sorted(names):
        if not name.endswith(".py"):
            continue
        with open(os.path.join(folder, name), "rb") as file:
            source = file.read()
        try:
            text = source.decode("utf-8").replace("\\r\\n", "\\n")
            tree = ast.parse(text)
        except (UnicodeDecodeError, SyntaxError, ValueError):
            continue
        lines, end, body = text.split("\\n"), 0, []
        for statement in tree.body:
            start, end = end, statement.end_lineno
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                continue
            if any(isinstance(node, ast.ImportFrom) and node.level for node in ast.walk(statement)):
                continue
            piece = "\\n".join(lines[start:end]) + "\\n"
            try:
                ast.parse(piece)
            except SyntaxError:
                continue
            body.append(piece)
        sizes.append(len(source))
        if body:
            bodies.append(body)
print(json.dumps({"bodies": bodies, "sizes": sizes}))
`;
