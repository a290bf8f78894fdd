import type { ComponentChildren } from 'preact';
import type { Row } from '../state.ts';
import { localUrl } from './links.ts';

type Entity = NonNullable<Row['entities']>[number];

interface RichTextProps {
  text: string;
  entities: Entity[] | undefined;
  onCommand(command: string): void;
}

/** Text as a chat app shows it: with what the bot made bold, links, and commands that can be pressed. */
export function RichText({ text, entities = [], onCommand }: RichTextProps) {
  const isCovered = ({ offset, length }: Entity) =>
    entities.some(
      (given) =>
        /^(text_link|url|bot_command|code|pre)$/.test(given.type) &&
        given.offset < offset + length &&
        offset < given.offset + given.length,
    );
  const all = [...entities, ...foundIn(text).filter((found) => !isCovered(found))];
  const ends = all.flatMap(({ offset, length }) => [offset, offset + length]);
  const cuts = [...new Set([0, ...ends, text.length])].sort((a, b) => a - b);
  const pieces = cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? text.length;
    const over = all.filter(({ offset, length }) => offset <= from && offset + length >= to);
    const piece = text.slice(from, to);
    return over.reduceRight<ComponentChildren>(
      (inner, entity) => dressed(entity, inner, piece, onCommand),
      piece,
    );
  });
  return <p class="words">{pieces}</p>;
}

/** What every chat app finds by itself: addresses, and commands the bot speaks of. */
function foundIn(text: string): Entity[] {
  const found = text.matchAll(
    /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]|(?<![\w/.:])\/[a-z][a-z0-9_]*\b/g,
  );
  return [...found].map(({ 0: part, index }) => {
    const type = part.startsWith('/') ? 'bot_command' : 'url';
    return { type, offset: index, length: part.length };
  });
}

function dressed(
  { type, url }: Entity,
  inner: ComponentChildren,
  piece: string,
  onCommand: (command: string) => void,
): ComponentChildren {
  if (type === 'bold') return <b>{inner}</b>;
  if (type === 'italic') return <i>{inner}</i>;
  if (type === 'underline') return <u>{inner}</u>;
  if (type === 'strikethrough') return <s>{inner}</s>;
  if (type === 'code' || type === 'pre') return <code>{inner}</code>;
  if (type === 'blockquote') return <q>{inner}</q>;
  if (type === 'text_link' || type === 'url') {
    return (
      <a href={localUrl(url ?? piece)} target="_blank" rel="noreferrer">
        {inner}
      </a>
    );
  }
  if (type !== 'bot_command') return inner;
  return (
    <button type="button" class="command" onClick={() => onCommand(piece)}>
      {inner}
    </button>
  );
}
