import { Field, type FormState, Select } from './field.tsx';
import type { Look } from './look.ts';

/** One member of a party: who they are, and whom to call when something happens. */
export function Member({
  look,
  form,
  at,
  today,
}: {
  look: Look;
  form: FormState;
  at: number;
  today: string;
}) {
  const { t } = look;
  const named = (part: string) => `m${at}-${part}`;
  const moreFields = ['birth', 'phone', 'sos-name', 'sos-phone'].map(named);
  const wrong = form.mistakes.some((mistake) => moreFields.includes(mistake.field));
  const filled = moreFields.some((field) => form.typed[field]);
  const optional = t('page-optional');
  return (
    <fieldset class="card member" id={named('')}>
      <legend>{t('page-member', { seat: at + 1 })}</legend>
      <Field
        form={form}
        name={named('name')}
        label={t('page-field-member-name')}
        hint={at === 0 ? t('page-field-member-name-hint') : undefined}
        autocomplete="off"
        maxLength={200}
      />
      <div class="pair">
        <Select
          form={form}
          name={named('type')}
          label={t('page-field-identity-type')}
          choices={[
            { value: 'nik', label: t('page-identity-nik') },
            { value: 'passport', label: t('page-identity-passport') },
          ]}
        />
        <Field
          form={form}
          name={named('number')}
          label={t('page-field-identity-number')}
          autocomplete="off"
          autocapitalize="characters"
          maxLength={40}
        />
      </div>
      <details open={at === 0 || wrong || filled}>
        <summary>{t('page-member-more')}</summary>
        <div class="pair">
          <Field
            form={form}
            name={named('birth')}
            type="date"
            label={t('page-field-birth')}
            optional={optional}
            max={today}
            autocomplete="off"
          />
          <Field
            form={form}
            name={named('phone')}
            type="tel"
            label={t('page-field-member-phone')}
            optional={optional}
            autocomplete="off"
          />
          <Field
            form={form}
            name={named('sos-name')}
            label={t('page-field-sos-name')}
            optional={optional}
            autocomplete="off"
            maxLength={200}
          />
          <Field
            form={form}
            name={named('sos-phone')}
            type="tel"
            label={t('page-field-sos-phone')}
            optional={optional}
            autocomplete="off"
          />
        </div>
      </details>
    </fieldset>
  );
}
