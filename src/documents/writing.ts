/** Stands for letters that no font has. Every font of `paper.ts` has it. */
export const MARK = '□';

/** A text made fit for paper, and whether letters of it had to be replaced by `MARK`. */
export interface Printable {
  text: string;
  replaced: boolean;
}

/** A letter with more marks than any script needs would run over its neighbours' lines. */
const MOST_MARKS = 3;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * A text as paper can show it. Control characters go (they could turn a line around), pictures that
 * no font has go silently because a name does not depend on them, and a letter that no font has
 * becomes `MARK`, which the document explains. Nothing is ever drawn as an empty box unexplained.
 */
export function printable(text: string, covered: (codePoint: number) => boolean): Printable {
  let replaced = false;
  const kept = Array.from(graphemes.segment(oneLine(text)), ({ segment }) => {
    const [letter = '', ...marks] = Array.from(segment);
    if (covered(letter.codePointAt(0)!)) {
      const drawn = marks.filter((mark) => covered(mark.codePointAt(0)!));
      return letter + drawn.slice(0, MOST_MARKS).join('');
    }
    if (isPicture(segment)) return '';
    replaced = true;
    return MARK;
  });
  return { text: kept.join('').replace(/ +/g, ' ').trim(), replaced };
}

/** A text in one line: no control or formatting characters, single blanks, letters composed. */
export function oneLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Variation_Selector}]/gu, '')
    .trim();
}

function isPicture(segment: string): boolean {
  return /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/u.test(segment);
}
