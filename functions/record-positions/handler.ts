import { readUuid } from '../../shared/domain/sent-values.ts';
import { recordPositionsResponse, sentPositions } from '../../shared/contracts/positions.ts';
import { type RecordPositionsDeps, recordPositions } from '../../shared/domain/case/record-positions.ts';
import { readPosition } from '../../shared/domain/sent-values.ts';
import { readDeviceToken } from '../../shared/runtime/device-token.ts';
import { type HttpHandler, httpHandler, readJson } from '../../shared/runtime/http.ts';
import { parseRequest } from '../../shared/runtime/parse.ts';
import { HttpProblem, invalidRequest, unauthorized } from '../../shared/runtime/problem.ts';

/** Each point by itself: an odd one loses no other. @throws {HttpProblem} 400 if none can be read */
const readAll = (sent: readonly unknown[], now: Date) => {
  const read = sent.map((value) => readPosition(value, now));
  const dropped = read.flatMap((point, index) =>
    ('unreadable' in point ? [point.unreadable] : point.dropped).map((field) => ({ index, field })),
  );
  const positions = read.flatMap((point) => ('unreadable' in point ? [] : [point.position]));
  if (positions.length > 0) return { positions, dropped };
  throw invalidRequest(
    dropped.map(({ index, field }) => ({
      path: ['positions', index, ...(field === 'position' ? [] : [field])],
      code: 'unreadable',
      detail: 'cannot be read',
    })),
  );
};

/** A phone without a fix writes a number that JSON has not: its other points are worth as much as before. */
const withoutNaN = (text: string): string =>
  text.replaceAll(/([:,[]\s*)[+-]?(?:nan|inf|infinity)(?=\s*[,}\]])/gi, '$1null');

/** `POST /v1/alerts/{alertId}/positions`. */
export const createHandler = (deps: RecordPositionsDeps): HttpHandler =>
  httpHandler('record-positions', async (request) => {
    const token = readDeviceToken(request);
    const sent = parseRequest(sentPositions, readJson(request, { mended: withoutNaN }));
    const { positions, dropped } = readAll(sent.positions, deps.now());
    // An id that is no UUID is a 404. The token is checked before, so a bad token is always a 401.
    const alertId = readUuid(request.event.pathParameters?.['alertId']) ?? 'none';
    const outcome = await recordPositions(deps, token, alertId, positions);
    switch (outcome.kind) {
      case 'unknown-device':
        throw unauthorized();
      case 'not-found':
        throw new HttpProblem(404, 'not-found', 'This family has no such alert.');
      case 'recorded': {
        const { familyId } = outcome.alert;
        request.log.info('positions.recorded', { familyId, alertId, count: positions.length, dropped: dropped.length });
        return { status: 202, body: recordPositionsResponse.parse({ accepted: positions.length, dropped }) };
      }
    }
  });
