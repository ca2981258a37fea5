import type { RaiseAlertResponse } from '../../shared/contracts/alerts.ts';
import { drillsPerDay, drillsPerMonth } from '../../shared/domain/limits.ts';
import { parsePressText } from '../../shared/domain/press/press.ts';
import { type RaiseOutcome, raiseAlert } from '../../shared/domain/press/raise-alert.ts';
import { readDeviceToken } from '../../shared/runtime/device-token.ts';
import { type HttpAnswer, type HttpHandler, httpHandler, readText } from '../../shared/runtime/http.ts';
import { HttpProblem, invalidRequest, unauthorized } from '../../shared/runtime/problem.ts';

const answerTo = (outcome: RaiseOutcome): HttpAnswer => {
  switch (outcome.kind) {
    case 'unknown-device':
      throw unauthorized();
    case 'used-up':
      // Without Retry-After: the phone must not send this one again.
      throw new HttpProblem(
        429,
        'drills-used-up',
        `A family has ${drillsPerDay} drills a day and ${drillsPerMonth} a month (UTC). Do not send this one again.`,
      );
    case 'raised':
    case 'repeated': {
      const { alertId, state, raisedAt } = outcome.alert;
      const body: RaiseAlertResponse = { alertId, state, raisedAt };
      return { status: outcome.kind === 'raised' ? 202 : 200, body };
    }
  }
};

/** `POST /v1/alerts`, the press. */
export const createHandler = (deps: Parameters<typeof raiseAlert>[0]): HttpHandler =>
  httpHandler('raise-alert', async (request) => {
    const token = readDeviceToken(request);
    const parsed = parsePressText(readText(request), deps.now());
    if (parsed.kind === 'invalid') {
      const { field, code, detail } = parsed;
      throw invalidRequest([{ path: [field], code, detail }]);
    }

    const outcome = await raiseAlert(deps, token, parsed.press);
    if (outcome.kind === 'used-up') request.log.info('drill.used-up', { familyId: outcome.familyId });
    if (outcome.kind === 'raised' || outcome.kind === 'repeated') {
      const { alertId, familyId, drill } = outcome.alert;
      request.log.info(`alert.${outcome.kind}`, {
        alertId,
        familyId,
        drill,
        dropped: parsed.press.droppedFields.join(' '),
      });
    }
    return answerTo(outcome);
  });
