/** A wrong way to call: exit 2, with the usage. */
export class Usage extends Error {}

/**
 * What a command prints on stdout at its end, unless it printed as it went; one that fails throws, or
 * says so with `ok`.
 */
export interface Said {
  text?: string;
  ok?: boolean;
}

/** What may stand behind a command. */
export interface Flags {
  business?: string;
  role?: string;
  label?: string;
  file?: string;
  code?: string;
  id?: string;
  name?: string;
  kind?: string;
  email?: string;
  phone?: string;
  zone?: string;
  capacity?: string;
  offering?: string[];
  'server-key'?: string;
  'client-key'?: string;
  'webhook-token'?: string;
  token?: string;
  owner?: string;
  forward?: string;
  json?: boolean;
  help?: boolean;
}

export function wanted(value: string | undefined, flag: string): string {
  if (!value) throw new Usage(`${flag} is needed.`);
  return value;
}
