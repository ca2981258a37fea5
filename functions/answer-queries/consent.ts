import { consentQuery, consentResponse } from '../../shared/contracts/consent.ts';
import { type ConsentTexts, consentText } from '../../shared/domain/family/consent-text.ts';
import type { HttpAnswer, HttpRequest } from '../../shared/runtime/http.ts';
import { parseRequest } from '../../shared/runtime/parse.ts';
import { HttpProblem } from '../../shared/runtime/problem.ts';

/** `GET /v1/consent`: a text that can be agreed to. */
export const consentAnswer = async (texts: ConsentTexts, { event }: HttpRequest): Promise<HttpAnswer> => {
  const { language, version } = parseRequest(consentQuery, event.queryStringParameters ?? {});
  const found = consentText(texts, language, version);
  if (!found) throw new HttpProblem(404, 'not-found', 'There is no such version of the text.');
  return { status: 200, body: consentResponse.parse(found) };
};
