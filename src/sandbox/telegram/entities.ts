import type { Entity } from './facts.ts';
import { bad } from './refusal.ts';

export interface Formatted {
  text: string;
  entities: Entity[];
}

const TAGS: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  'tg-spoiler': 'spoiler',
  blockquote: 'blockquote',
};

/** Turns marked-up text into plain text and entities, refusing what Telegram cannot parse. */
export function format(text: string, mode: string | undefined): Formatted {
  if (!mode) return { text, entities: [] };
  if (/^html$/i.test(mode)) return formatHtml(text);
  if (/^markdownv2$/i.test(mode)) return { text: stripMarkdown(text), entities: [] };
  if (/^markdown$/i.test(mode)) return { text: text.replace(/[*_`]/g, ''), entities: [] };
  throw bad('unsupported parse_mode');
}

const TOKENS = /<(\/?)([a-z-]+)([^<>]*)>|<|&(lt|gt|amp|quot|#\d+|#x[0-9a-f]+);|[^<&]+|&/gi;

function formatHtml(html: string): Formatted {
  const open: (Entity & { tag: string })[] = [];
  const entities: Entity[] = [];
  let text = '';
  for (const match of html.matchAll(TOKENS)) {
    const [whole, slash, name, rest = '', character] = match;
    const at = Buffer.byteLength(html.slice(0, match.index));
    if (name) {
      const tag = name.toLowerCase();
      if (slash) entities.push(closed(open.pop(), tag, text.length, at));
      else open.push(opened(tag, rest, text.length, at));
    } else if (whole === '<') {
      throw parseError(`Unsupported start tag "" at byte offset ${at}`);
    } else {
      text += character ? decoded(character) : whole;
    }
  }
  const left = open.pop();
  if (left) throw parseError(`Can't find end tag corresponding to start tag "${left.tag}"`);
  entities.sort((a, b) => a.offset - b.offset || b.length - a.length);
  return { text, entities: entities.filter(({ length }) => length > 0) };
}

function opened(tag: string, rest: string, offset: number, at: number) {
  const isSpoiler = tag === 'span' && /class=["']?tg-spoiler/.test(rest);
  const type = isSpoiler ? 'spoiler' : TAGS[tag];
  if (!type) throw parseError(`Unsupported start tag "${tag}" at byte offset ${at}`);
  const url = /href=["']([^"']*)["']/i.exec(rest)?.[1]?.replaceAll('&amp;', '&');
  return { tag, type, offset, length: 0, ...(url && { url }) };
}

function closed(
  start: (Entity & { tag: string }) | undefined,
  tag: string,
  end: number,
  at: number,
): Entity {
  if (!start) throw parseError(`Unexpected end tag at byte offset ${at}`);
  const { tag: expected, ...entity } = start;
  if (expected !== tag) {
    const words = `expected "</${expected}>", found "</${tag}>"`;
    throw parseError(`Unmatched end tag at byte offset ${at}, ${words}`);
  }
  return { ...entity, length: end - entity.offset };
}

function decoded(name: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };
  if (!name.startsWith('#')) return named[name.toLowerCase()] ?? '';
  const hex = name[1]?.toLowerCase() === 'x';
  return String.fromCodePoint(Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10));
}

function stripMarkdown(text: string): string {
  return text.replace(/\\(.)|([*_~|`])|([.!\-=+{}#>])/gs, (_all, escaped, _mark, reserved) => {
    if (reserved) {
      const words = `Character '${reserved}' is reserved and must be escaped`;
      throw parseError(`${words} with the preceding '\\'`);
    }
    return escaped ?? '';
  });
}

function parseError(why: string) {
  return bad(`can't parse entities: ${why}`);
}

/** The command a message begins with, as an entity. */
export function commandEntity(text: string): Entity[] {
  const command = /^\/[A-Za-z0-9_]{1,32}(@\w+)?/.exec(text)?.[0];
  return command ? [{ type: 'bot_command', offset: 0, length: command.length }] : [];
}
