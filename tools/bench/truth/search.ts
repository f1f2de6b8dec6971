import { withoutTexts, type CodePart } from './code';
import type { DocstringLines, DocPage, Range, Seed } from './page';
import { wordIn } from './words';

export interface Search {
  readonly page: DocPage;
  readonly parts: readonly CodePart[];
  readonly seed: Seed;
  readonly packages: readonly string[];
  readonly range: Range;
  readonly docstring: DocstringLines | undefined;
}

export function occurrences({ page, range }: Search, word: string): number[] {
  const text = page.text.slice(range.start, range.end);
  return [...text.matchAll(wordIn(word))].map(({ index }) => range.start + index);
}

export const partAt = ({ parts }: Search, at: number): CodePart | undefined =>
  parts.find(({ start, end }) => start <= at && at < end);

export const PYTHON_ROLES = /^(func|meth|class|exc|attr|data|const|obj|deco|any|type|mod)$/;
export const OBJECTS =
  /^(auto)?(function|method|class|exception|attribute|data|property|decorator|classmethod|staticmethod|coroutine\w*|:::)$|^:::$/;

/** Not within a string or a comment. */
export const inText = (text: string, at: number): boolean => withoutTexts(text)[at] !== ' ';
