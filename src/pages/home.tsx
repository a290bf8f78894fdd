import { accentOf } from '../domain/accent.ts';
import type { Language } from '../domain/facts.ts';
import { Document } from './document.tsx';
import type { Look, Owner } from './look.ts';

/** The front page: every business, and what it is there for. */
export function HomePage({
  look,
  businesses,
}: {
  look: Look;
  businesses: readonly (Owner & { about: string; lang?: Language })[];
}) {
  return (
    <Document
      look={look}
      title="Pesan"
      heading={look.t('page-home-title')}
      lead={look.t('page-home-lead')}
    >
      <ul class="businesses">
        {businesses.map((business) => (
          <li key={business.business} class={`accent-${accentOf(business)}`}>
            <a class="business" href={`/${business.business}`}>
              <span class="kind">{look.t('page-kind', { kind: business.kind })}</span>
              <h2>{business.name}</h2>
              {business.about && <p lang={business.lang ?? 'id'}>{business.about}</p>}
              <span class="go">{look.t('page-home-go', { kind: business.kind })}</span>
            </a>
          </li>
        ))}
      </ul>
    </Document>
  );
}
