import { spawnSync } from 'node:child_process';
import { unparsed } from './parsed';

const PYTHON = 'python3';

describe('an edited text is asked of the interpreter', () => {
  const module = (before: string, after: string) => ({ kind: 'module' as const, before, after });
  const example = (before: string, after: string) => ({ kind: 'example' as const, before, after });

  it('of a module only docstrings may differ, of an example nothing may break', async () => {
    expect(spawnSync(PYTHON, ['--version']).status).toBe(0);
    expect(
      await unparsed(PYTHON, [
        module('def f():\n    """a"""\n    return 1\n', 'def f():\n    """b"""\n    return 1\n'),
        module('def f():\n    """a"""\n    return 1\n', 'def f():\n    """a"""\n    return 2\n'),
        module('"""a"""\nx = "a"\n', '"""a"""\nx = "b"\n'),
        module('"""a"""\n', '"""a""\n'),
        example('f(1)\n', 'g(1)\n'),
        example('f(1)\n', 'g(1\n'),
        example('f(1\n', 'g(1\n'),
      ]),
    ).toEqual([
      null,
      'the edit would change more than docstrings',
      'the edit would change more than docstrings',
      "with the edit it can't be parsed",
      null,
      "with the edit it can't be parsed",
      null,
    ]);
  });

  it('which must be one', async () => {
    await expect(unparsed('/nowhere/python', [example('a', 'b')])).rejects.toThrow(
      'could not check the edited texts',
    );
  });
});
