const { availableParallelism } = require('node:os');

/** All specs run on the sources; what `e2e` starts through Nx are the packed and installed packages. */
const transform = {
  '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  '^.+\\.js$': ['@swc/jest', { jsc: { target: 'es2022' } }],
};

/** The packages of Octokit are ES modules only; Node loads them as they are, jest's own loader can't. */
const transformIgnorePatterns = [
  '/node_modules/(?!(?:@octokit|before-after-hook|universal-user-agent)/)',
];

const moduleNameMapper = {
  // TypeScript wants the ending in a dynamic import; the sources have another one.
  '^(\\.{1,2}/.*)\\.js$': '$1',
  '^sentries-core$': '<rootDir>/packages/sentries-core/src',
  '^sentries-core/task$': '<rootDir>/packages/sentries-core/src/task',
  '^sentries-core/docs$': '<rootDir>/packages/sentries-core/src/docs',
  '^sentries-core/config$': '<rootDir>/packages/sentries-core/src/config/load',
  '^sentries-core/imports$': '<rootDir>/packages/sentries-core/src/python/imports',
  '^sentries-core/pytest-files$': '<rootDir>/packages/sentries-core/src/pytest/configuration',
};

/** Copies of the sources that set-up and demo make. */
const modulePathIgnorePatterns = ['<rootDir>/.cache/'];

module.exports = {
  projects: [
    {
      displayName: 'unit',
      testMatch: ['<rootDir>/packages/*/src/**/*.spec.ts'],
      transform,
      transformIgnorePatterns,
      moduleNameMapper,
      modulePathIgnorePatterns,
    },
    {
      displayName: 'e2e',
      testMatch: ['<rootDir>/e2e/**/*.spec.ts'],
      transform,
      transformIgnorePatterns,
      moduleNameMapper,
      modulePathIgnorePatterns,
    },
  ],
  testTimeout: 120_000,
  // Whole runs wait for processes much of their time: two at once are no load for two cores.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  reporters: ['default', '<rootDir>/tools/count-reporter.cjs'],
};
