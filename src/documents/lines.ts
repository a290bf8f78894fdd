/** How wide a line is when it is set in a size. */
export type Measure = (line: string, size: number) => number;

export interface Fit {
  size: number;
  /** A text that is too long is set smaller down to this size, then cut with an ellipsis. */
  minSize?: number;
  maxLines?: number;
}

/** The largest size at which a text has room and its lines, the last one cut if none is enough. */
export function fitted(
  text: string,
  width: number,
  fit: Fit,
  measure: Measure,
): { size: number; lines: string[] } {
  const maxLines = fit.maxLines ?? 1;
  const smallest = fit.minSize ?? fit.size;
  for (let size = fit.size; ; size -= 0.5) {
    const widthOf = (line: string) => measure(line, size);
    const lines = wrapped(text, width, widthOf);
    if (lines.length <= maxLines) return { size, lines };
    if (size - 0.5 < smallest) return { size, lines: cut(lines, maxLines, width, widthOf) };
  }
}

type WidthOf = (line: string) => number;

function wrapped(text: string, width: number, widthOf: WidthOf): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((word) => broken(word, width, widthOf))) {
    const longer = line ? `${line} ${word}` : word;
    if (line && widthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

/** A word that is wider than a line, in parts that are not. */
function broken(word: string, width: number, widthOf: WidthOf): string[] {
  if (widthOf(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const letter of word) {
    if (part && widthOf(part + letter) > width) {
      parts.push(part);
      part = letter;
    } else part += letter;
  }
  return [...parts, part];
}

function cut(lines: string[], maxLines: number, width: number, widthOf: WidthOf): string[] {
  const kept = lines.slice(0, maxLines);
  const last = Array.from(kept.at(-1) ?? '');
  while (last.length > 0 && widthOf(`${last.join('')}…`) > width) last.pop();
  return [...kept.slice(0, -1), `${last.join('').trimEnd()}…`];
}
