import { parseSpan, rehearse, type Step } from '../../commands/rehearsal/rehearse.ts';
import { audit } from '../../db/audit.ts';
import { invalid } from '../../domain/errors.ts';
import { Rehearsal } from '../answers.ts';
import { operation, param, whoOf } from '../operation.ts';
import { RehearseBody } from '../schemas.ts';

export const rehearseOrder = operation({
  name: 'rehearse',
  does: 'Rehearses what time will do to an order, on a marked twin',
  about:
    'Answers when the span is over, as a rule within seconds: each step with its own time, and who is told what. The order itself, quotas, reports and entitlements stay as they are.',
  right: 'work',
  body: RehearseBody,
  answers: [{ status: 200, says: 'What happened to the twin', shape: Rehearsal }],
  refuses: ['INVALID', 'NOT_FOUND', 'NOT_ALLOWED', 'UNAVAILABLE'],
  async handle(call) {
    const { deps, body, response } = call;
    const business = param(call, 'business');
    const forwardMs = parseSpan(body.forward);
    if (!forwardMs) {
      const message = 'A span is 31d, 12h or 90m, at most 366d.';
      throw invalid({ pointer: '/forward', message });
    }
    const code = body.code.toUpperCase();
    await audit(deps.pool, business, whoOf(call), 'order.rehearse', code, { span: body.forward });
    const steps: Step[] = [];
    let twin = '';
    await rehearse(
      deps,
      { code, business, forwardMs },
      {
        made: (made) => {
          twin = made.code;
        },
        stepped: (step) => void steps.push(step),
      },
    );
    response.json({ twin, steps });
  },
});
