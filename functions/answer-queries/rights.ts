import { rightsQuery, rightsResponse } from '../../shared/contracts/rights.ts';
import type { Desk } from '../../shared/domain/offices/consulate.ts';
import { composeRights } from '../../shared/telling/compose-rights.ts';
import type { HttpAnswer, HttpRequest } from '../../shared/runtime/http.ts';
import { parseRequest } from '../../shared/runtime/parse.ts';

export type RightsDeps = { readonly desk: Desk };

/** `GET /v1/rights`: needs nothing but this function, so it works while everything else is down. */
export const rightsAnswer = async ({ desk }: RightsDeps, { event }: HttpRequest): Promise<HttpAnswer> => {
  const { language } = parseRequest(rightsQuery, event.queryStringParameters ?? {});
  return { status: 200, body: rightsResponse.parse(composeRights(language, desk)) };
};
