import type { Alternative, WhoFacts } from './booking.ts';
import type { Look } from './look.ts';
import { Notice } from './notice.tsx';
import { day, hour } from './words.ts';

/** Why the places cannot be held as wished, and what to do next; everything typed stays. */
export function RefusedNotice({ look, who }: { look: Look; who: WhoFacts }) {
  const { refused, reason, alternatives, earlierUrl } = who;
  if (!refused) return null;
  const args = { day: day(look, who.date), quantity: who.quantity, kind: who.shop.owner.kind };
  const waits = refused === 'stale' || refused === 'slow-down' || refused === 'unavailable';
  return (
    <Notice
      tone={waits ? 'wait' : 'bad'}
      focus
      title={look.t(`page-refused-${refused}-title`, args)}
      text={look.t(`page-refused-${refused}`, args)}
    >
      {reason && (
        <p>
          {look.t('page-reason')} <span lang="id">{reason}</span>
        </p>
      )}
      {earlierUrl && (
        <p>
          <a href={earlierUrl}>{look.t('page-refused-earlier')}</a>
        </p>
      )}
      {alternatives.length > 0 && (
        <Alternatives look={look} who={who} alternatives={alternatives} />
      )}
    </Notice>
  );
}

/** Other days with room. A press changes the day of the form below, and sends nothing yet. */
function Alternatives({
  look,
  who,
  alternatives,
}: {
  look: Look;
  who: WhoFacts;
  alternatives: readonly Alternative[];
}) {
  const permit = who.shop.owner.kind === 'permit';
  return (
    <>
      <h3>{look.t('page-other-days')}</h3>
      <ul class="others">
        {alternatives.map(({ date, time, left, priceIdr }) => (
          <li key={`${date} ${time}`}>
            <button
              type="submit"
              name="other"
              value={time ? `${date} ${time}` : date}
              class="secondary outline"
            >
              {day(look, date)}
              {time && ` · ${hour(look, time)}`}
              <small>
                {permit
                  ? look.t('page-other-permit', { left, amountIdr: priceIdr })
                  : look.t('page-slot-left', { left })}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
