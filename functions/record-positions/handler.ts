import { uuid } from '../../shared/contracts/common.ts';
import { recordPositionsRequest, recordPositionsResponse } from '../../shared/contracts/positions.ts';
import { parseInstant } from '../../shared/domain/press/press.ts';
import type { RecordPositionsDeps } from '../../shared/domain/case/record-positions.ts';
import { recordPositions } from '../../shared/domain/case/record-positions.ts';
import { readDeviceToken } from '../../shared/runtime/device-token.ts';
import type { HttpHandler } from '../../shared/runtime/http.ts';
import { httpHandler, readJson } from '../../shared/runtime/http.ts';
import { parseRequest } from '../../shared/runtime/parse.ts';
import { HttpProblem, unauthorized } from '../../shared/runtime/problem.ts';

/** `POST /v1/alerts/{alertId}/positions`. */
export const createHandler = (deps: RecordPositionsDeps): HttpHandler =>
  httpHandler('record-positions', async (request) => {
    const token = readDeviceToken(request);
    const body = parseRequest(recordPositionsRequest, readJson(request, 'json'));
    const positions = body.positions.map(({ measuredAt, ...position }) => {
      const utc = parseInstant(measuredAt);
      return { ...position, ...(utc !== undefined && { measuredAt: utc }) };
    });
    // What is no UUID names no alert; the token is checked all the same, so that a bad one is always a 401.
    const alertId = uuid.safeParse(request.event.pathParameters?.['alertId']).data?.toLowerCase() ?? 'none';
    const outcome = await recordPositions(deps, token, alertId, positions);
    switch (outcome.kind) {
      case 'unknown-device':
        throw unauthorized();
      case 'not-found':
        throw new HttpProblem(404, 'not-found', 'This family has no such alert.');
      case 'recorded': {
        const { familyId } = outcome.alert;
        request.log.info('positions.recorded', { familyId, alertId, count: positions.length });
        return { status: 202, body: recordPositionsResponse.parse({ accepted: positions.length }) };
      }
    }
  });
