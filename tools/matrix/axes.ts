import type { Row } from './pairwise';

/** What the packages promise to work with. Of each line, the version that is installed is {@link VERSIONS}'. */
export const AXES = {
  manager: ['npm', 'pnpm'],
  nx: ['22', '23', '24'],
  node: ['20', '22', '24'],
  pytest: ['7.4', '8.4', '9'],
  python: ['uv', 'poetry', 'venv', 'system'],
  beside: ['nothing', '@nxlv/python'],
} as const;

export type Combination = Row<typeof AXES>;

/** Pinned, so that the table can be had again. */
export const VERSIONS = {
  nx: { '22': '22.7.12', '23': '23.3.2', '24': '24.0.6' },
  node: { '20': '20.20.2', '22': '22.23.3', '24': '24.21.0' },
  pytest: { '7.4': '7.4.4', '8.4': '8.4.2', '9': '9.2.0' },
  pnpm: '10.34.9',
  uv: '0.13.9',
  poetry: '2.5.1',
  '@nxlv/python': '23.1.1',
} as const;
