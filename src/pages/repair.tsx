import type { Look } from './look.ts';
import type { RepairStep, Status } from './status.ts';
import { moment } from './words.ts';

const STATIONS = ['queued', 'in_progress', 'waiting_part', 'ready', 'handed_over'];

/**
 * Where a repair stands on its way, and when it came there; waiting for a part is only shown while it
 * does, or when it did.
 */
export function Repair({ look, status }: { look: Look; status: Status }) {
  const { facts, repairSteps = [] } = status;
  if (facts.kind !== 'appointment' || !['paid', 'completed'].includes(facts.state)) return null;
  const now = STATIONS.indexOf(facts.repairState ?? '');
  const reached = (station: string) => repairSteps.findLast((step) => step.state === station);
  const shown = STATIONS.filter(
    (station) =>
      station !== 'waiting_part' || facts.repairState === station || reached(station) !== undefined,
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
              {at <= now && (
                <Reached look={look} step={reached(station)} timeZone={facts.business.timeZone} />
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

interface ReachedProps {
  look: Look;
  step: RepairStep | undefined;
  timeZone: string;
}

function Reached({ look, step, timeZone }: ReachedProps) {
  if (!step) return null;
  return (
    <small class="reached">
      <time dateTime={step.at.toISOString()}>{moment(look, step.at, timeZone)}</time>
      {step.note && (
        <>
          {' · '}
          <bdi lang="id">{step.note}</bdi>
        </>
      )}
    </small>
  );
}
