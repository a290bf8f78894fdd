import type { WhoFacts } from './booking.ts';
import { Select } from './field.tsx';
import type { Look } from './look.ts';
import { idr } from './words.ts';

/** A repair: which device, and which parts are to be there. */
export function Parts({ look, who }: { look: Look; who: WhoFacts }) {
  const { ware, form } = who;
  const devices = ware.options.filter((option) => option.sort === 'device');
  const parts = ware.options.filter((option) => option.sort !== 'device');
  const chosen = (form.typed.part ?? '').split(',');
  const wrong = form.mistakes.find((mistake) => mistake.field === 'part');
  return (
    <div class="card">
      {devices.length > 0 && (
        <Select
          form={form}
          name="device"
          label={look.t('page-field-device')}
          choices={[
            { value: '', label: look.t('page-choose') },
            ...devices.map(({ optionId, name, priceIdr }) => ({
              value: optionId,
              label: `${name} · ${idr(look, priceIdr)}`,
              priceIdr,
            })),
          ]}
        />
      )}
      {parts.length > 0 && (
        <fieldset id="part" class="choices">
          <legend>{look.t('page-field-parts')}</legend>
          {wrong && <small class="wrong">{wrong.text}</small>}
          {parts.map(({ optionId, name, lang, priceIdr }) => (
            <label key={optionId} class="choice">
              <input
                type="checkbox"
                name="part"
                value={optionId}
                checked={chosen.includes(optionId)}
                data-price={priceIdr}
              />
              <span>
                <strong lang={lang ?? 'id'}>{name}</strong>
                <small>{idr(look, priceIdr)}</small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
