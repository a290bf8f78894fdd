import type { BookingFacts } from '../domain/facts.ts';
import type { Look } from './look.ts';

const STATIONS = ['queued', 'in_progress', 'waiting_part', 'ready', 'handed_over'];

/** Where a repair stands on its way; waiting for a part is only shown while it does. */
export function Repair({ look, facts }: { look: Look; facts: BookingFacts }) {
  if (facts.kind !== 'appointment' || !['paid', 'completed'].includes(facts.state)) return null;
  const now = STATIONS.indexOf(facts.repairState ?? '');
  const shown = STATIONS.filter(
    (station) => station !== 'waiting_part' || facts.repairState === 'waiting_part',
  );
  return (
    <section class="card" aria-labelledby="repair">
      <h2 id="repair">{look.t('page-repair')}</h2>
      {now < 0 && <p>{look.t('page-repair-none')}</p>}
      <ol class="stations">
        {shown.map((station) => {
          const at = STATIONS.indexOf(station);
          return (
            <li
              key={station}
              class={at < now ? 'done' : ''}
              {...(at === now && { 'aria-current': 'step' as const })}
            >
              {look.t('say-repair', { repair: station })}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
