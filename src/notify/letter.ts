import type { Language } from '../domain/facts.ts';

export type Tone = 'good' | 'wait' | 'bad' | 'plain';

/** A mail in its parts, from what comes first to the small print. Nothing in it is escaped yet. */
export interface Letter {
  language: Language;
  tone: Tone;
  from: string;
  subject: string;
  greeting?: string;
  title: string;
  button?: { label: string; url: string };
  buttonFirst?: boolean;
  linkHint?: string;
  paragraphs: string[];
  details: [string, string][];
  small: string[];
}

/** Colours with a contrast of 4.5 or more on white; the last ones on near black, for dark mode. */
const TONES: Record<Tone, { light: string; dark: string }> = {
  good: { light: '#14693f', dark: '#6fd6a1' },
  wait: { light: '#8a5200', dark: '#f2b84b' },
  bad: { light: '#b3261e', dark: '#ff9a90' },
  plain: { light: '#2f5168', dark: '#9cc7e4' },
};

/** The mail for programs that show text only. */
export function toText(letter: Letter): string {
  const { button } = letter;
  const action = button ? [`${button.label}:\n${button.url}`] : [];
  const [first, ...rest] = letter.paragraphs;
  const opening = first === undefined ? [] : [first];
  const parts = [
    ...(letter.greeting ? [letter.greeting] : []),
    letter.title,
    ...(letter.buttonFirst ? [...action, ...opening] : [...opening, ...action]),
    ...rest,
    ...(letter.details.length > 0
      ? [letter.details.map(([name, value]) => `${name}: ${value}`).join('\n')]
      : []),
    `-- \n${letter.small.join('\n')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/**
 * The mail as HTML that Gmail, Outlook and phones of 360 pixels show alike: one table, styles in
 * the elements, and a style block that only dark mode and small screens need. Escapes everything.
 */
export function toHtml(letter: Letter): string {
  const tone = TONES[letter.tone];
  const [first, ...rest] = letter.paragraphs.map(paragraph);
  const button = letter.button ? buttonHtml(letter.button) : '';
  const opening = letter.buttonFirst ? [button, first] : [first, button];
  const body = [
    letter.greeting &&
      `<p class="soft" style="${SOFT}margin:0 0 6px">${escapeHtml(letter.greeting)}</p>`,
    `<h1 class="tone" style="${FONT}margin:0 0 14px;font-size:24px;line-height:1.25;color:${tone.light}">${escapeHtml(letter.title)}</h1>`,
    ...opening,
    ...rest,
    detailsHtml(letter.details),
    letter.button && letter.linkHint && linkHtml(letter.linkHint, letter.button.url),
    ...letter.small.map(smallHtml),
  ];
  return page(letter, tone, body.filter(Boolean).join('\n'));
}

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans',Helvetica,Arial,sans-serif;";
const INK = `${FONT}color:#1c2621;font-size:16px;line-height:1.55;`;
const SOFT = `${FONT}color:#55635b;font-size:14px;line-height:1.5;`;

function page(letter: Letter, tone: { light: string; dark: string }, body: string): string {
  return `<!doctype html>
<html lang="${letter.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(letter.subject)}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) { .inner { padding: 22px 20px 24px !important; } }
@media (prefers-color-scheme: dark) {
.page { background: #111614 !important; }
.card { background: #1b221f !important; }
.ink, .ink a { color: #eef3f0 !important; }
.soft, .soft a { color: #a9b6af !important; }
.tone { color: ${tone.dark} !important; }
.row td { border-color: #33403a !important; }
.button { background: #23764f !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#eef2ef">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#eef2ef">
<tr><td align="center" style="padding:20px 10px">
<p class="soft" style="${SOFT}max-width:540px;margin:0 auto 10px;text-align:left;font-weight:600">${escapeHtml(letter.from)}</p>
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:14px;border-top:6px solid ${tone.light}">
<tr><td class="inner" style="padding:28px 32px 30px;text-align:left">
${body}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

function paragraph(text: string): string {
  return `<p class="ink" style="${INK}margin:0 0 14px">${escapeHtml(text).replaceAll('\n', '<br>')}</p>`;
}

function buttonHtml({ label, url }: { label: string; url: string }): string {
  const style = `${FONT}display:block;background:#14693f;color:#ffffff;font-size:17px;font-weight:600;text-align:center;text-decoration:none;padding:15px 20px;border-radius:10px`;
  return `<p style="margin:6px 0 20px"><a class="button" href="${escapeHtml(url)}" style="${style}">${escapeHtml(label)}</a></p>`;
}

function detailsHtml(details: [string, string][]): string {
  if (details.length === 0) return '';
  const cell = 'padding:9px 0;border-top:1px solid #dfe6e2;vertical-align:top;font-size:15px;';
  const rows = details.map(
    ([name, value]) =>
      `<tr class="row"><td class="soft" style="${SOFT}${cell}padding-right:14px;width:38%">${escapeHtml(name)}</td>` +
      `<td class="ink" style="${INK}${cell}font-weight:600">${escapeHtml(value)}</td></tr>`,
  );
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:20px 0">${rows.join('')}</table>`;
}

function linkHtml(hint: string, url: string): string {
  const link = `<a href="${escapeHtml(url)}" style="color:#14693f;word-break:break-all">${escapeHtml(url)}</a>`;
  return `<p class="soft" style="${SOFT}font-size:13px;margin:0 0 10px">${escapeHtml(hint)}<br>${link}</p>`;
}

function smallHtml(text: string): string {
  return `<p class="soft" style="${SOFT}font-size:13px;margin:0 0 10px">${escapeHtml(text)}</p>`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
}
