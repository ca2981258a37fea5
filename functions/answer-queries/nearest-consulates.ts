import { type ConsulatesResponse, consulatesQuery, consulatesResponse } from '../../shared/contracts/consulates.ts';
import type { Consulate } from '../../shared/domain/offices/consulate.ts';
import { nearestConsulates } from '../../shared/domain/offices/nearest-consulates.ts';
import type { HttpAnswer, HttpRequest } from '../../shared/runtime/http.ts';
import { parseRequest } from '../../shared/runtime/parse.ts';

export type NearestConsulatesDeps = { readonly openConsulates: readonly Consulate[] };

/**
 * `GET /v1/consulates`: the nearest offices by our own distance. Anonymous callers must not use up Amazon Location's
 * calls a second.
 */
export const nearestConsulatesAnswer = async (
  { openConsulates }: NearestConsulatesDeps,
  { event }: HttpRequest,
): Promise<HttpAnswer> => {
  const { latitude, longitude, limit } = parseRequest(consulatesQuery, event.queryStringParameters ?? {});
  const ranked = nearestConsulates({ latitude, longitude }, openConsulates, limit);
  const body: ConsulatesResponse = {
    consulates: ranked.map(({ consulate, distanceMeters }) => ({
      ...consulate,
      distanceMeters: Math.round(distanceMeters),
    })),
  };
  return { status: 200, body: consulatesResponse.parse(body) };
};
