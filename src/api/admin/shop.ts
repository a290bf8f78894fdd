import { dropOption, putOption, setHours } from '../../commands/shop.ts';
import { DomainError } from '../../domain/errors.ts';
import { Changed, Done } from '../answers.ts';
import { operation, param, whoOf } from '../operation.ts';
import { HoursBody, OptionBody, OptionQuery } from '../schemas.ts';

export const putHours = operation({
  name: 'setHours',
  does: 'Sets the opening hours of a quota and how many places each hour has, from today on',
  about:
    'Who is booked keeps the place, also in an hour that is closed now. Holidays are closures: they close days whatever the hours are.',
  right: 'work',
  body: HoursBody,
  answers: [{ status: 200, says: 'How many days that concerns', shape: Changed }],
  refuses: ['INVALID'],
  async handle(call) {
    const { deps, body, response } = call;
    response.json({ changed: await setHours(deps, param(call, 'business'), whoOf(call), body) });
  },
});

export const putCatalogueOption = operation({
  name: 'setOption',
  does: 'Adds a device, part or extra to the catalogue of an offering, or changes it',
  about: 'What is booked keeps its name and price.',
  right: 'own',
  body: OptionBody,
  answers: [{ status: 200, says: 'From now on', shape: Done }],
  refuses: ['INVALID'],
  async handle(call) {
    const { offering, option: optionId, ...said } = call.body;
    await putOption(call.deps, param(call, 'business'), whoOf(call), offering, {
      optionId,
      ...said,
    });
    call.response.json({ ok: true });
  },
});

export const deleteCatalogueOption = operation({
  name: 'removeOption',
  does: 'Takes a device, part or extra out of the catalogue; what is booked stays booked',
  right: 'own',
  query: OptionQuery,
  answers: [{ status: 200, says: 'From now on', shape: Done }],
  refuses: ['INVALID', 'NOT_FOUND'],
  async handle(call) {
    const { offering, option } = call.query;
    const business = param(call, 'business');
    if (!(await dropOption(call.deps, business, whoOf(call), offering, option))) {
      throw new DomainError('NOT_FOUND', 'There is no such option in the catalogue.');
    }
    call.response.json({ ok: true });
  },
});
