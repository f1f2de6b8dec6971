/** Ways to import a module that has a `core`. */
export const IMPORTS: readonly ((module: string) => string)[] = [
  (m) => `import ${m}`,
  (m) => `import os, ${m}.core as renamed`,
  (m) => `from ${m} import core`,
  (m) => `from ${m}.core import (\n    VALUE,\n    OTHER as another,\n)`,
  (m) => `def later():\n    from ${m}.core import VALUE\n    return VALUE`,
  (m) => `from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from ${m}.core import VALUE`,
  (m) => `try:\n    import ${m}\nexcept ImportError:\n    pass`,
  (m) => `import importlib\n\nLATER = importlib.import_module("${m}.core")`,
  (m) => `NOW = __import__('${m}')`,
  (m) => (m.includes('.') ? `from ${m.replace('.', ' import ')}` : `import json; import ${m}`),
];

/** Ways in which a test or a `conftest.py` has a module loaded. */
export const PLUGINS: readonly ((module: string) => string)[] = [
  (m) => `pytest_plugins = ["${m}.core"]`,
  (m) => `pytest_plugins = "${m}.core"`,
];

/** Texts that name a module and do not import it. */
export const DECOYS: readonly ((module: string) => string)[] = [
  (m) => `# import ${m}`,
  (m) => `"""\nimport ${m}\nfrom ${m} import core\n"""`,
  (m) => `TEXT = "import ${m}"; NAME = '${m}.core'`,
  (m) => `SHOWN = f"import {len('${m}')} ${m}"`,
  (m) => `import ${m}_extra\nfrom ${m}s.core import VALUE`,
  (m) => `import ${m}  # sentries: ignore-dep`,
  (m) => `from ${m} import (  # sentries: ignore-dep\n    core,\n)`,
  () => 'import os.path, json, collections.abc',
  () => 'import requests\nfrom numpy.linalg import norm',
];

/** How a manifest asks for another project. */
export const ASKS = ['name', 'extra', 'group', 'path', 'requirements'] as const;

/** A line of a manifest, or of `requirements.txt`. */
export interface Ask {
  readonly how: (typeof ASKS)[number];
  readonly distribution: string;
  /** From the folder of the manifest. */
  readonly path: string;
}

type Manifest = (name: string, asks: readonly Ask[]) => string;

/** As uv and most others have it. */
export const pep621: Manifest = (name, asks) => {
  const list = (...hows: Ask['how'][]): string =>
    JSON.stringify(by(asks, ...hows).map(({ distribution }) => `${distribution} >= 1`));
  return `[project]
name = "${name}"
version = "1"
dependencies = ${list('name', 'path')}

[project.optional-dependencies]
more = ${list('extra')}

[dependency-groups]
dev = ${list('group')}

[tool.uv.sources]
${lines(by(asks, 'path'), (one) => `"${one.distribution}" = { path = "${one.path}", editable = true }`)}
`;
};

export const poetry: Manifest = (name, asks) => `[tool.poetry]
name = "${name}"
version = "1"

[tool.poetry.dependencies]
python = ">=3.9"
${lines(by(asks, 'name'), (one) => `"${one.distribution}" = "*"`)}
${lines(by(asks, 'extra'), (one) => `"${one.distribution}" = { version = "^1", optional = true }`)}
${lines(by(asks, 'path'), (one) => `"${one.distribution}" = { path = "${one.path}", develop = true }`)}

[tool.poetry.group.dev.dependencies]
${lines(by(asks, 'group'), (one) => `"${one.distribution}" = "*"`)}
`;

export const requirements = (asks: readonly Ask[]): string =>
  `pytest\n${lines(by(asks, 'requirements'), (one) => `-e ${one.path}`)}\n`;

const by = (asks: readonly Ask[], ...hows: Ask['how'][]): Ask[] =>
  asks.filter(({ how }) => hows.includes(how));

const lines = (asks: readonly Ask[], line: (ask: Ask) => string): string =>
  asks.map(line).join('\n');
