/** A browser without script, as far as forms, cookies and redirects go: for what many would be slow. */
export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Seen>;
  /** Sends the form of a page as it came, with these fields filled in and this button pressed. */
  send(page: Seen, fields: Record<string, string>, how?: Sending): Promise<Seen>;
  /** Sends a form, and opens the page that the answer leads to. */
  press(page: Seen, fields: Record<string, string>, how?: Sending): Promise<Seen>;
  cookies: Map<string, string>;
}

export interface Seen {
  status: number;
  path: string;
  html: string;
  headers: Headers;
}

interface Sending {
  /** Which form, by a part of its action. */
  action?: string;
  /** Sent to another address, as a button with its own may. */
  to?: string;
  headers?: Record<string, string>;
}

export function createVisitor(base: string): Visitor {
  const cookies = new Map<string, string>();
  const visit = async (path: string, init: RequestInit): Promise<Seen> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, base), {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', cookie, ...(init.headers as Record<string, string>) },
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      cookies.set(name!, value!);
    }
    const { status, headers } = response;
    return { status, headers, path, html: await response.text() };
  };
  const send: Visitor['send'] = (page, fields, { action = '', to, headers = {} } = {}) => {
    const form = formOf(page.html, action);
    const body = new URLSearchParams({ ...form.fields, ...fields });
    return visit(to ?? form.action, { method: 'POST', body, headers });
  };
  return {
    cookies,
    get: (path, headers = {}) => visit(path, { headers }),
    send,
    press: async (page, fields, how) => {
      const { status, headers } = await send(page, fields, how);
      const location = headers.get('location');
      if (status !== 303 || !location) throw new Error(`The form led nowhere, but to a ${status}.`);
      return visit(location, {});
    },
  };
}

/** A form's address, and its fields as they are filled in. */
function formOf(html: string, action: string): { action: string; fields: Record<string, string> } {
  const forms = [...html.matchAll(/<form[^>]*method="post"[^>]*>[\s\S]*?<\/form>/g)];
  const form = forms.map(([text]) => text).find((text) => addressOf(text).includes(action));
  if (!form) throw new Error(`This page has no form to "${action}".`);
  const fields: Record<string, string> = {};
  for (const [input] of form.matchAll(/<input(?:[^>"]|"[^"]*")*>/g)) {
    const name = attribute(input, 'name');
    const picked = !/type="(checkbox|radio)"/.test(input) || / checked/.test(input);
    if (name && picked) fields[name] = attribute(input, 'value') ?? '';
  }
  for (const [, name, options] of form.matchAll(
    /<select[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g,
  )) {
    const chosen = /<option[^>]* selected[^>]*>/.exec(options!) ?? /<option[^>]*>/.exec(options!);
    fields[name!] = chosen ? (attribute(chosen[0], 'value') ?? '') : '';
  }
  return { action: addressOf(form), fields };
}

const addressOf = (form: string) => attribute(form, 'action') ?? '';

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`, 'i')
    .exec(tag)?.[1]
    ?.replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}

/** What a page says, its markup undone. */
export function words({ html }: Seen): string {
  return html
    .slice(html.indexOf('<body'))
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}
