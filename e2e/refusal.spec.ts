import { greeting, library, outcomes, REWORDED, sentry } from './library';

const RENAMED = greeting('salute', 'Hello');

describe('given a change, failing tests that may be right', () => {
  it('are left alone, where the edit would make another test fail', async () => {
    const workspace = library({
      'lib/tests/test_greet.py':
        'from greet import greet\n\n\ndef check(text):\n    assert text == "Hello, Ann!"\n\n\ndef test_stale():\n    check(greet("Ann"))\n\n\ndef test_fine():\n    check("Hello, " + "Ann!")\n',
    });
    workspace.write({ 'lib/src/greet.py': REWORDED });
    const record = await sentry(workspace);
    expect(record).toMatchObject({ result: 'unrepaired', patch: null });
    expect(record.failures[0]?.reason).toMatch(/test_fine does not pass any more/);
  });

  it('are left alone, where the repaired test would pass on the old source too', async () => {
    const workspace = library({
      'lib/tests/greeting.txt': 'Hello',
      'lib/tests/test_greet.py':
        'import pathlib\n\n\ndef test_greet():\n    assert (pathlib.Path(__file__).parent / "greeting.txt").read_text() == "Hello"\n',
    });
    workspace.write({ 'lib/src/greet.py': 'WORD = "Hello"\n' });
    workspace.commit('a word');
    workspace.write({
      'lib/src/greet.py': 'WORD = "Good day"\n',
      'lib/tests/greeting.txt': 'Good day',
    });
    const record = await sentry(workspace);
    expect(record).toMatchObject({ result: 'unrepaired', patch: null });
    expect(record.failures[0]?.reason).toMatch(/passes on the old source too/);
  });

  it('are left alone, where the literal that seems to explain them is not the cause', async () => {
    const source = (retries: number, operator: string): string =>
      `RETRIES = ${retries}\n\n\ndef area(a, b):\n    return a ${operator} b\n`;
    const workspace = library({
      'lib/src/greet.py': source(6, '*'),
      'lib/tests/test_greet.py':
        'from greet import area\n\n\ndef test_area():\n    assert area(2, 3) == 6\n',
    });
    // A real bug, and beside it a number that happens to change in just the same way.
    workspace.write({ 'lib/src/greet.py': source(5, '+') });
    const record = await sentry(workspace);
    expect(record).toMatchObject({ result: 'unrepaired', patch: null });
    expect(record.failures[0]?.outcome).toBe('suspected-regression');
    expect(record.failures[0]?.reason).toMatch(/not the cause/);
    expect(await sentry(workspace, { accept: 'all' })).toMatchObject({
      result: 'repaired',
      failures: [{ tier: 'unexplained' }],
    });
  });

  it('are left alone behind a mended import, where the explaining literal is not the cause', async () => {
    const source = (name: string, retries: number, operator: string): string =>
      `RETRIES = ${retries}\n\n\ndef area(a, b):\n    return a ${operator} b\n\n\n` +
      `def ${name}(side):\n    return area(side, side)\n\n\ndef cube(side):\n    return side * ${name}(side)\n`;
    const workspace = library({
      'lib/src/greet.py': source('square', 6, '*'),
      'lib/tests/test_greet.py':
        'from greet import area, square\n\n\ndef test_area():\n    assert area(2, 3) == 6\n\n\ndef test_square():\n    assert square(2) == 4\n',
    });
    workspace.write({ 'lib/src/greet.py': source('squared', 5, '+') });
    expect(outcomes(await sentry(workspace))).toEqual({
      'tests/test_greet.py': 'repaired',
      'tests/test_greet.py::test_area': 'suspected-regression',
    });
  });

  it('are left alone, where the literal is a cause, but a bug is needed, too', async () => {
    const source = (limit: number, pick: string): string =>
      `LIMIT = ${limit}\n\n\ndef clamp(x):\n    return ${pick}(x, LIMIT)\n`;
    const workspace = library({
      'lib/src/greet.py': source(10, 'min'),
      'lib/tests/test_greet.py':
        'from greet import clamp\n\n\ndef test_clamp():\n    assert clamp(10) == 10\n',
    });
    workspace.write({ 'lib/src/greet.py': source(20, 'max') });
    expect(outcomes(await sentry(workspace))).toEqual({
      'tests/test_greet.py::test_clamp': 'suspected-regression',
    });
  });

  it('are left alone, where the edit would be too large', async () => {
    const workspace = library();
    workspace.write({ 'lib/src/greet.py': REWORDED });
    const record = await sentry(workspace, { maxLines: 1 });
    expect(record.failures).toMatchObject([
      { outcome: 'unrepaired', edits: [{ after: '"Good day, Ann!"' }] },
    ]);
    expect(record.failures[0]?.reason).toMatch(/2 lines; maxLines is 1/);
  });

  it('are left alone, where the change wrote them itself: they were meant for the new code', async () => {
    const source = (page: number): string =>
      `PAGE = ${page}\n\n\ndef pages(n):\n    return n // PAGE\n`;
    const workspace = library({ 'lib/src/greet.py': source(10) });
    workspace.write({
      'lib/src/greet.py': source(20),
      'lib/tests/test_greet.py':
        'from greet import PAGE\n\n\ndef test_page():\n    assert PAGE == 10\n',
    });
    expect(outcomes(await sentry(workspace))).toEqual({
      'tests/test_greet.py::test_page': 'suspected-regression',
    });
  });

  it('are left alone, where a function made way for another one that is only alike', async () => {
    const source = (name: string, sign: string): string =>
      `def ${name}(a, b):\n    total = a ${sign} b\n    return total\n`;
    const workspace = library({
      'lib/src/greet.py': source('add', '+'),
      'lib/tests/test_greet.py':
        'from greet import add\n\n\ndef test_add():\n    assert add(2, 2) == 4\n',
    });
    workspace.write({ 'lib/src/greet.py': source('multiply', '*') });
    expect(await sentry(workspace)).toMatchObject({ result: 'unrepaired', patch: null });
  });

  it('leave the file’s import alone, where no test of it passes with it', async () => {
    const workspace = library();
    workspace.write({ 'lib/src/greet.py': RENAMED.replace('return f', 'return [] and f') });
    workspace.write({
      'lib/tests/test_greet.py':
        'from greet import greet\n\n\ndef test_greet():\n    assert greet("Ann") == "Hello, Ann!"\n',
    });
    expect(await sentry(workspace)).toMatchObject({ result: 'unrepaired', patch: null });
  });

  it('are not called a regression, where nothing changed', async () => {
    const workspace = library({ 'lib/src/greet.py': REWORDED });
    const record = await sentry(workspace);
    expect(record.failures).toMatchObject([{ outcome: 'unrepaired' }]);
    expect(record.failures[0]?.reason).toMatch(/nothing changed.*NX_BASE/);
  });

  it('are not a suspected regression, where the source raises on purpose', async () => {
    const workspace = library();
    const strict = 'def greet(name, sign="!"):\n    raise ValueError("no greetings any more")\n';
    workspace.write({ 'lib/src/greet.py': strict });
    const [first] = (await sentry(workspace)).failures;
    expect(first).toMatchObject({ outcome: 'unrepaired' });
    expect(first?.reason).toMatch(/on purpose in lib\/src\/greet.py:2/);
  });

  it('stay red, where the source can not be parsed', async () => {
    const workspace = library();
    workspace.write({ 'lib/src/greet.py': `<<<<<<< ours\n${REWORDED}` });
    expect(outcomes(await sentry(workspace))).toEqual({
      'tests/test_greet.py': 'suspected-regression',
    });
  });

  it('stay red, where the source raises', async () => {
    const workspace = library();
    workspace.write({
      'lib/src/greet.py': greeting('greet', 'Hello').replace('{name}', '{nme}'),
    });
    const record = await sentry(workspace);
    expect(record.failures[0]).toMatchObject({
      outcome: 'suspected-regression',
      exception: { type: 'NameError' },
    });
    expect(record.failures[0]?.reason).toMatch(/lib\/src\/greet.py:2/);
  });
});
