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
  | 'returned'
  | 'returned-plan';

export function PlainPage({
  look,
  saying,
  owner,
  chatUrl,
}: {
  look: Look;
  saying: Saying;
  owner?: Owner | undefined;
  /** Into the chat of that business. */
  chatUrl?: string | undefined;
}) {
  const title = look.t(`page-${saying}-title`);
  return (
    <Document look={look} owner={owner} title={title} secret>
      <section class="headline plain">
        <h1>{title}</h1>
        {paragraphs(look.t(`page-${saying}`)).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        {chatUrl && (
          <p>
            <a href={chatUrl} rel="noreferrer">
              {look.t('page-invoice-chat')}
            </a>
          </p>
        )}
        <p>
          <a class="button" href={owner ? `/${owner.business}` : '/'}>
            {owner ? owner.name : look.t('page-all-businesses')}
          </a>
        </p>
      </section>
    </Document>
  );
}
