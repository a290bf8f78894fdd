import type { Look } from './look.ts';
import type { Shop } from './shop.ts';
import { hour } from './words.ts';

/** The rules of a business in sentences, made from what it really does. */
export function RuleList({ look, shop }: { look: Look; shop: Shop }) {
  return (
    <section class="rules">
      <h2>{look.t('page-rules')}</h2>
      <ul>
        {rulesOf(look, shop).map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
    </section>
  );
}

function rulesOf(look: Look, { rules, owner }: Shop): string[] {
  const { t } = look;
  const permit = owner.kind === 'permit';
  const cancels = [...rules.cancel].sort((a, b) => b.hoursBefore - a.hoursBefore);
  return [
    permit
      ? t('page-rule-day', { time: hour(look, rules.opensAt) })
      : t('page-rule-hour', { minutes: rules.visitMinutes }),
    ...(permit ? [t('page-rule-party', { most: rules.maxParty })] : []),
    ...(permit && rules.oneIdentityADay ? [t('page-rule-identity')] : []),
    t('page-rule-hold', { minutes: rules.holdMinutes }),
    t('page-rule-ahead', { days: rules.maxDaysAhead }),
    ...cancels.map(({ hoursBefore, refundPercent }) =>
      t('page-rule-cancel', { hours: hoursBefore, percent: refundPercent }),
    ),
    ...(rules.reschedule.times > 0
      ? [
          t('page-rule-move', {
            times: rules.reschedule.times,
            hours: rules.reschedule.hoursBefore,
          }),
        ]
      : []),
  ];
}
