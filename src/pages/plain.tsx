import type { ComponentChildren } from 'preact';
import { Document } from './document.tsx';
import type { Look, Owner } from './look.ts';
import { paragraphs } from './words.ts';

/** Pages that say one thing. */
export type Saying =
  | 'not-found'
  | 'broken'
  | 'unavailable'
  | 'slow-down'
  | 'forbidden'
  | 'returned';

export function PlainPage({
  look,
  saying,
  owner,
  children,
}: {
  look: Look;
  saying: Saying;
  owner?: Owner | undefined;
  children?: ComponentChildren;
}) {
  const title = look.t(`page-${saying}-title`);
  return (
    <Document look={look} owner={owner} title={title} secret>
      <section class="headline plain">
        <h1>{title}</h1>
        {paragraphs(look.t(`page-${saying}`)).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        {children}
        <p>
          <a class="button" href={owner ? `/${owner.business}` : '/'}>
            {owner ? owner.name : look.t('page-all-businesses')}
          </a>
        </p>
      </section>
    </Document>
  );
}
