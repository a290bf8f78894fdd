import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { accentOf } from '../domain/accent.ts';
import { Backdrop } from './backdrop.tsx';
import type { Look, Owner } from './look.ts';

export interface DocumentProps {
  look: Look;
  title: string;
  /** Whose page it is; none for the front page and for pages about nothing. */
  owner?: Owner | undefined;
  /** What stands large in the band; the business's name stands there small. */
  heading?: ComponentChildren;
  lead?: ComponentChildren;
  /** Reload without script after so many seconds: while something may change by itself. */
  refreshSeconds?: number | undefined;
  islands?: readonly ('live' | 'form')[];
  /** Pages that a link opens are nobody's search result. */
  secret?: boolean;
  children: ComponentChildren;
}

/** The frame of every page: nothing from elsewhere, no inline script or style, whole without script. */
export function Document(props: DocumentProps) {
  const { look, title, owner, islands = [] } = props;
  const accent = owner ? accentOf(owner) : 'house';
  const site = owner ? `${title} · ${owner.name}` : title;
  return (
    <html lang={look.language} data-theme="light" class={`accent-${accent}`}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {props.secret && <meta name="robots" content="noindex" />}
        <meta name="referrer" content="no-referrer" />
        <title>{site}</title>
        <link rel="icon" href={look.assets.icon} type="image/svg+xml" />
        <link rel="stylesheet" href={look.assets.style} />
        {props.refreshSeconds !== undefined && (
          <noscript>
            <meta http-equiv="refresh" content={String(props.refreshSeconds)} />
          </noscript>
        )}
        {islands.map((island) => (
          <script key={island} type="module" src={look.assets[island]} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          {look.t('page-skip')}
        </a>
        <Band {...props} />
        <main id="main">{props.children}</main>
        <Foot look={look} owner={owner} />
      </body>
    </html>
  );
}

function Band({ look, owner, heading, lead }: DocumentProps) {
  const other = look.language === 'id' ? 'en' : 'id';
  return (
    <header class="band">
      <Backdrop kind={owner?.kind ?? 'permit'} />
      <nav class="bar" aria-label={look.t('page-nav')}>
        <a class="brand" href={owner ? `/${owner.business}` : '/'}>
          {owner ? owner.name : 'Pesan'}
        </a>
        <a
          class="language"
          href={look.otherLanguageUrl}
          hreflang={other}
          lang={other}
          rel="nofollow"
        >
          {other === 'en' ? 'English' : 'Bahasa Indonesia'}
        </a>
      </nav>
      {heading && (
        <div class="heading">
          <h1>{heading}</h1>
          {lead && <p>{lead}</p>}
        </div>
      )}
    </header>
  );
}

function Foot({ look, owner }: { look: Look; owner: Owner | undefined }) {
  return (
    <footer class="foot">
      {owner && (
        <p>
          {look.t('page-contact', { business: owner.name })}{' '}
          {owner.phone && <a href={`tel:${owner.phone.replace(/[^+\d]/g, '')}`}>{owner.phone}</a>}
          {owner.phone && ' · '}
          <a href={`mailto:${owner.email}`}>{owner.email}</a>
        </p>
      )}
      <p>
        <a href="/">{look.t('page-all-businesses')}</a>
      </p>
    </footer>
  );
}

/** A page as the text that a browser is sent. */
export function toHtml<P>(page: VNode<P>): string {
  return `<!doctype html>${renderToString(page)}`;
}
