/** A link into a bot's chat leads to its chat here. */
export function localUrl(url: string): string {
  const [, name, query = ''] = /^https:\/\/t\.me\/(\w+)_bot(\?.*)?$/i.exec(url) ?? [];
  if (!name) return url;
  const start = new URLSearchParams(query).get('start');
  const to = new URLSearchParams({ bot: name.replaceAll('_', '-'), ...(start && { start }) });
  return `/chat?${to}`;
}
