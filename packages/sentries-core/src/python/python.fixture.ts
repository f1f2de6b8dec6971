import { execFileSync } from 'node:child_process';
import { parts, PythonSource, type Node } from './syntax';

/** The expression that a text is, parsed. `loadSyntax()` must have been awaited. */
export function expression(text: string): Node {
  const source = new PythonSource(text);
  if (source.root.hasError) throw new Error(`not Python: ${text}`);
  return parts(parts(source.root)[0]!)[0]!;
}

/**
 * Asks the real Python, in one process: `script` finds the input as `given` and leaves its answer in
 * `answer`; both go as JSON.
 */
export function askPython(script: string, given: unknown): unknown {
  const program = [
    'import ast, json, struct, sys, warnings',
    'warnings.simplefilter("ignore")',
    'given = json.load(sys.stdin)',
    script,
    'print(json.dumps(answer))',
  ].join('\n');
  const options = { input: JSON.stringify(given), maxBuffer: 64 * 1024 * 1024 };
  return JSON.parse(execFileSync('python3', ['-X', 'utf8', '-c', program], options).toString());
}
