import { ancestry, parts, type Node } from './syntax';

const isDecorator = ({ type }: Node): boolean => type === 'decorator';

/** The decorators of a function or a class, in order. */
export const decoratorsOf = ({ parent }: Node): Node[] =>
  parent?.type === 'decorated_definition' ? parts(parent).filter(isDecorator) : [];

/** The decorators of a definition and of those around it, its own first. */
export const decoratorsAround = (definition: Node): Node[] =>
  [...ancestry(definition)].flatMap((node) =>
    node.type === 'decorated_definition' ? parts(node).filter(isDecorator) : [],
  );
