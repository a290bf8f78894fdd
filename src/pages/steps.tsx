import type { Kind } from '../domain/booking.ts';
import type { Look } from './look.ts';

/** Where one stands on the way to a booking. */
export function Steps({ look, kind, at }: { look: Look; kind: Kind; at: 1 | 2 | 3 }) {
  const names = ['when', kind === 'permit' ? 'who' : 'what', 'pay'];
  return (
    <ol class="steps" aria-label={look.t('page-steps')}>
      {names.map((name, index) => (
        <li
          key={name}
          class={index + 1 < at ? 'done' : ''}
          {...(index + 1 === at && { 'aria-current': 'step' as const })}
        >
          {look.t(`page-step-${name}`)}
        </li>
      ))}
    </ol>
  );
}
