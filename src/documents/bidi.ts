/** A piece of a line that is written in one direction. */
export interface Piece {
  text: string;
  rightToLeft: boolean;
}

type Sort = 'left' | 'right' | 'digit' | 'neutral';

const RIGHT = /[\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const DIGIT = /\p{Nd}/u;
const LETTER = /[\p{L}\p{M}]/u;
const MIRRORED = new Map(['()', '[]', '{}', '<>', '«»'].flatMap(([a, b]) => mirror(a!, b!)));

/** Whether a text has letters of a script that is written to the left. */
export function runsLeft(text: string): boolean {
  return RIGHT.test(text);
}

/**
 * The pieces of a line in the order in which they stand on paper, from the left.
 *
 * The part of the Unicode Bidirectional Algorithm (UAX #9) that names and sentences need: a line
 * begins at the side of its first letter, digits keep their order, and what stands between two
 * letters of one direction goes with them. There are no embeddings, because whoever cleans the text
 * takes control characters out. The letters within a piece stay in reading order.
 */
export function inVisualOrder(line: string): Piece[] {
  if (!runsLeft(line)) return line ? [{ text: line, rightToLeft: false }] : [];
  const letters = Array.from(line);
  const sorts = letters.map(sortOf);
  const base = sorts.find((sort) => sort === 'left' || sort === 'right') === 'right' ? 1 : 0;
  const levels = levelsOf(letters, sorts, base);
  return arranged(pieces(letters, levels));
}

function sortOf(letter: string): Sort {
  if (DIGIT.test(letter)) return 'digit';
  if (RIGHT.test(letter)) return 'right';
  return LETTER.test(letter) ? 'left' : 'neutral';
}

/** Even levels run to the right, odd ones to the left; deeper ones stand inside their neighbours. */
function levelsOf(letters: string[], sorts: Sort[], base: 0 | 1): number[] {
  const sides = sidesOf(letters, sorts, base);
  return sides.map((side, at) => {
    if (side === 'right') return sorts[at] === 'digit' ? 2 : 1;
    return base === 1 ? 2 : 0;
  });
}

type Side = 'left' | 'right';

/** The direction that each letter belongs to: digits follow what precedes, the rest its neighbours. */
function sidesOf(letters: string[], sorts: Sort[], base: 0 | 1): Side[] {
  const outer = base === 1 ? 'right' : 'left';
  let before: Side = outer;
  const strong = sorts.map((sort): Side | undefined => {
    if (sort === 'left' || sort === 'right') before = sort;
    return sort === 'neutral' ? undefined : before;
  });
  takeBrackets(letters, strong, outer);
  return strong.map((side, at) => {
    if (side) return side;
    const previous = strong.slice(0, at).findLast((other) => other) ?? outer;
    const next = strong.slice(at).find((other) => other) ?? outer;
    return previous === next ? previous : outer;
  });
}

/** A pair of brackets goes one way: the line's, unless all within and before it goes the other. */
function takeBrackets(letters: string[], strong: (Side | undefined)[], outer: Side): void {
  const open: number[] = [];
  letters.forEach((letter, at) => {
    if ('([{'.includes(letter)) open.push(at);
    if (!')]}'.includes(letter)) return;
    const from = open.pop();
    if (from === undefined) return;
    const within = strong.slice(from + 1, at).filter((side) => side !== undefined);
    if (within.length === 0) return;
    const before = strong.slice(0, from).findLast((side) => side) ?? outer;
    const side = within.includes(outer) ? outer : before;
    strong[from] = side;
    strong[at] = side;
  });
}

function pieces(letters: string[], levels: number[]): (Piece & { level: number })[] {
  const found: (Piece & { level: number })[] = [];
  letters.forEach((letter, at) => {
    const level = levels[at]!;
    const rightToLeft = level % 2 === 1;
    const text = rightToLeft ? (MIRRORED.get(letter) ?? letter) : letter;
    const last = found.at(-1);
    if (last?.level === level) last.text += text;
    else found.push({ text, rightToLeft, level });
  });
  return found;
}

/** From the deepest level down to 1, every stretch of at least that level is turned around. */
function arranged(found: (Piece & { level: number })[]): Piece[] {
  const order = [...found];
  for (let level = 2; level >= 1; level--) {
    for (let from = 0; from < order.length; from++) {
      let to = from;
      while (to < order.length && order[to]!.level >= level) to++;
      if (to > from) order.splice(from, to - from, ...order.slice(from, to).reverse());
      from = Math.max(from, to);
    }
  }
  return order.map(({ text, rightToLeft }) => {
    // A font turns around what holds letters of its script; blanks and signs alone are turned here.
    const alone = rightToLeft && !runsLeft(text);
    return alone
      ? { text: Array.from(text).reverse().join(''), rightToLeft: false }
      : { text, rightToLeft };
  });
}

function mirror(a: string, b: string): [string, string][] {
  return [
    [a, b],
    [b, a],
  ];
}
