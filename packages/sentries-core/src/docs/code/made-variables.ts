import { parts, qualifiedName } from '../../python/syntax';
import type { MadeName } from './declared-options';
import type { Module } from './modules';

/** The variables of the environment that pydantic makes of the fields of settings: a prefix, and the field's name. */
export function madeVariables({ source, file }: Module): MadeName[] {
  if (!source.text.includes('BaseSettings')) return [];
  return source.find('class_definition').flatMap((node) => {
    const bases = node.childForFieldName('superclasses')?.text ?? '';
    const body = node.childForFieldName('body');
    if (!/\bBaseSettings\b/.test(bases) || !body) return [];
    const prefixes = [...body.text.matchAll(/\benv_prefix\s*=\s*(["'])(\w*)\1/g)];
    // Without a prefix, a variable is any word.
    const prefix = prefixes.length === 1 ? prefixes[0]![2]! : '';
    if (prefix === '') return [];
    const owner = qualifiedName(node);
    return parts(body).flatMap((statement): MadeName[] => {
      const field = statement.type === 'expression_statement' ? parts(statement)[0] : undefined;
      const word = field?.childForFieldName('left')?.text ?? '';
      const isField = field?.type === 'assignment' && field.childForFieldName('type') !== null;
      // What has a name of its own for the environment has it as a text.
      if (!isField || !/^[a-z]\w*$/i.test(word) || /\b(alias|env)\b/.test(field.text)) return [];
      const name = (prefix + word).toUpperCase();
      return [{ name, file, line: source.lineOf(field), owner, word }];
    });
  });
}
