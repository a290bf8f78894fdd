/** The first words of addresses that Pesan and its sandbox answer themselves. */
const ROUTES = [
  'api',
  'assets',
  'b',
  'chat',
  'control',
  'healthz',
  'mail',
  'metrics',
  'midtrans',
  'pay',
  'payments',
  'readyz',
  's',
  'telegram',
  'w',
  'webhooks',
  'xendit',
];

/** Whether a business may be called this: its page is `/{name}`, where no page of ours may be hidden. */
export function isFreeName(name: string): boolean {
  return !ROUTES.includes(name);
}
