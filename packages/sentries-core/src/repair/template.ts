import { parts, type Node } from '../python/syntax';
import { literalValue, stringContent, stringPrefix } from '../python/value';
import type { Leaf } from './alignment';
import { isRefusal, type Refusal } from './strategy';
import { textLeaf } from './text-expression';

/** A piece of text that is written in an f-string, or undefined for a value between the pieces. */
type Piece = { readonly node: Node; readonly value: string } | undefined;

/**
 * The pieces of an f-string that names fill in; undefined for any other expression. What calls something is not
 * an expectation, but what is tested.
 */
function piecesOf(node: Node): Piece[] | undefined {
  if (node.type === 'concatenated_string') {
    const found = parts(node).map((part) => {
      const value = literalValue(part);
      return value?.kind === 'str' ? [{ node: part, value: value.value }] : piecesOf(part);
    });
    return found.includes(undefined) ? undefined : found.flatMap((pieces) => pieces!);
  }
  if (node.type !== 'string' || !stringPrefix(node).includes('f')) return undefined;
  const found: Piece[] = [];
  let end = node.child(0)!.endIndex;
  for (const part of parts(node).slice(1)) {
    // The grammar has no node for some raw texts.
    if (part.startIndex !== end) return undefined;
    end = part.endIndex;
    if (part.type === 'string_content') found.push({ node: part, value: stringContent(part) });
    else if (part.type === 'interpolation') {
      if (part.descendantsOfType(['call', 'await', 'named_expression']).length > 0)
        return undefined;
      found.push(undefined);
    }
  }
  return found;
}

/** True for an f-string with a text of its own. */
export function isTemplate(node: Node): boolean {
  return (piecesOf(node) ?? []).some((piece) => piece && piece.value.trim() !== '');
}

const UNSURE: Refusal = { refused: 'which piece of the f-string became another can not be told' };

/** The pieces of an f-string that must change so that one text becomes another, with the same values in it. */
export function alignTemplate(node: Node, was: string, now: string): Leaf[] | Refusal | undefined {
  const pieces = piecesOf(node);
  if (!pieces) return undefined;
  const places = placesOf(
    pieces.map((piece) => piece?.value),
    was,
  );
  if (isRefusal(places)) return places;
  const single = pieces.flatMap((piece, at) => {
    if (!piece) return [];
    const [before, after] = [was.slice(0, places[at]), was.slice(places[at]! + piece.value.length)];
    const length = now.length - before.length - after.length;
    if (length < 0 || !now.startsWith(before) || !now.endsWith(after)) return [];
    return [
      textLeaf(piece.node, piece.value, now.substring(before.length, before.length + length)),
    ];
  });
  return single.length === 1 ? single : UNSURE;
}

/**
 * Where the pieces stand in a text, with anything between them; undefined for values. Each must be in the same
 * place whether it is looked for from the start or from the end.
 */
function placesOf(
  pieces: readonly (string | undefined)[],
  text: string,
): (number | undefined)[] | Refusal {
  const first: (number | undefined)[] = [];
  let from = 0;
  for (const [at, piece] of pieces.entries()) {
    if (piece === undefined) {
      first.push(undefined);
      continue;
    }
    const place = at === 0 || pieces[at - 1] !== undefined ? from : text.indexOf(piece, from);
    if (place < 0 || !text.startsWith(piece, place)) return UNSURE;
    first.push(place);
    from = place + piece.length;
  }
  let to = text.length;
  for (let at = pieces.length - 1; at >= 0; at -= 1) {
    const piece = pieces[at];
    if (piece === undefined) continue;
    const isBound = at === pieces.length - 1 || pieces[at + 1] !== undefined;
    const place = isBound ? to - piece.length : text.lastIndexOf(piece, to - piece.length);
    if (place !== first[at]) return UNSURE;
    to = place;
  }
  return first;
}
