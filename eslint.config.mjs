import tseslint from 'typescript-eslint';

/** The floors of `sentries-core/src`, from the ground up: a room uses only rooms of the floors below it. */
const FLOORS = [
  ['errors'],
  ['python', 'git', 'report', 'config'],
  ['patch', 'change', 'pytest'],
  ['guard', 'repair'],
  ['verify', 'publish'],
  ['model', 'docs'],
  ['sentry'],
  ['task'],
  ['index'],
];

const NX = {
  group: ['nx', 'nx/*', '@nx/*'],
  message: 'sentries-core never imports Nx.',
};

const rooms = FLOORS.flatMap((names, floor) =>
  names.map((room) => {
    const above = FLOORS.slice(floor)
      .flat()
      .filter((other) => other !== room);
    const up = {
      group: above.flatMap((other) => [
        `../${other}`,
        `../${other}/*`,
        `../../${other}`,
        `../../${other}/*`,
        `./${other}`,
      ]),
      message: 'A room uses only rooms of the floors below it: see docs/architecture.md.',
    };
    return {
      files: [
        `packages/sentries-core/src/${room}/**/*.ts`,
        `packages/sentries-core/src/${room}.ts`,
      ],
      ignores: ['**/*.spec.ts', '**/*.fixture.ts'],
      rules: {
        'no-restricted-imports': [
          'error',
          { patterns: floor + 1 < FLOORS.length ? [NX, up] : [NX] },
        ],
      },
    };
  }),
);

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.cache/**',
      '**/assets/**',
      'tools/demo/{workspace,change}/**',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['packages/*/tsconfig.json', 'tools/tsconfig.json', 'tsconfig.specs.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/dot-notation': 'off',
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  ...rooms,
);
