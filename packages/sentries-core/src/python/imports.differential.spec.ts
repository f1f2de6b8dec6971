import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { PYTHON } from '../../../../tools/paths';
import { scanImports, type ModuleReference } from './imports';

/**
 * What CPython's own parser sees in each file of the standard library and of the environment: a line of JSON
 * a file, `[path, [[line, kind, module], …] | null, calls]`. Null: it is no Python for this Python. `calls` is
 * false where a call in an f-string has no reliable line (before 3.12).
 */
const TRUTH = `
import ast, gc, json, os, sys, sysconfig, warnings
gc.disable()  # a third of the time, and trees hold no cycles
warnings.simplefilter("ignore")

LOADERS = ("import_module", "__import__")

def loads(func):
    if isinstance(func, ast.Name): return func.id in LOADERS
    return (isinstance(func, ast.Attribute) and func.attr == "import_module"
            and isinstance(func.value, ast.Name) and func.value.id == "importlib")

def references(tree, only_statements):
    found, calls, todo = [], True, [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Import):
            found += [[node.lineno, "import", alias.name] for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            dot = "." if node.module else ""
            found += [[node.lineno, "import", base if alias.name == "*" else base + dot + alias.name]
                      for alias in node.names]
        elif isinstance(node, ast.Call) and loads(node.func) and node.args:
            name = getattr(node.args[0], "value", None)
            if type(name) is str and name and not name.startswith("."):
                found.append([node.args[0].lineno, "call", name])
        elif isinstance(node, ast.JoinedStr) and sys.version_info < (3, 12):
            if any(isinstance(n, ast.Call) and loads(n.func) for n in ast.walk(node)): calls = False
        if only_statements:
            for part in ("body", "orelse", "finalbody", "handlers", "cases"):
                inner = getattr(node, part, None)
                if type(inner) is list: todo += inner
        else:
            todo += ast.iter_child_nodes(node)
    return found, calls

roots = [sysconfig.get_path("stdlib"), sysconfig.get_path("purelib")]
for root in roots:
    for folder, folders, names in os.walk(root):
        # The interpreter's own packages are not the environment's.
        folders[:] = [name for name in folders if name != "site-packages"]
        for name in names:
            if not name.endswith((".py", ".pyi")): continue
            path = os.path.join(folder, name)
            with open(path, "rb") as file: data = file.read()
            try: tree = ast.parse(data)
            except (SyntaxError, ValueError, RecursionError):
                print(json.dumps([path, None, False]))
                continue
            has_calls = any(name.encode() in data for name in LOADERS) or not data.isascii()
            print(json.dumps([path, *references(tree, not has_calls)]))
`;

type Row = [line: number, kind: string, module: string];

const order = (rows: Row[]): string[] => rows.map((row) => row.join(' ')).sort();

const asRow = ({ line, kind, module }: ModuleReference): Row => [line, kind, module];

it('sees in the standard library and in installed packages exactly what CPython sees', () => {
  const output = execFileSync(PYTHON, ['-X', 'utf8', '-c', TRUTH], { maxBuffer: 2 ** 28 });
  const counted = { files: 0, references: 0 };
  for (const line of output.toString().trim().split(/\r?\n/)) {
    const [path, rows, calls] = JSON.parse(line) as [string, Row[] | null, boolean];
    const { references, fault } = scanImports(readFileSync(path));
    if (!rows) continue;
    const compared = (kind: string) => kind === 'import' || (kind === 'call' && calls);
    const theirs = rows.filter(([, kind]) => compared(kind));
    const ours = references.filter(({ kind }) => compared(kind)).map(asRow);
    expect([path, fault, order(ours)]).toEqual([path, null, order(theirs)]);
    counted.files += 1;
    counted.references += theirs.length;
  }
  expect(counted.files).toBeGreaterThan(500);
  expect(counted.references).toBeGreaterThan(3000);
});
