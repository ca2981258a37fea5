import { type FieldFlaw, flawOfHome, textOfConsent } from '../../shared/contracts/registered-fields.ts';
import { settingsRequest, settingsResponse } from '../../shared/contracts/settings.ts';
import { type SettingsOutcome, changeSettings } from '../../shared/domain/family/change-settings.ts';
import type { ConsentTexts } from '../../shared/domain/family/consent-text.ts';
import type { Language } from '../../shared/domain/family/family.ts';
import type { ManageFamilyDeps } from '../../shared/domain/family/manage-family.ts';
import type { SettingsRequest } from '../../shared/domain/family/plan-settings.ts';
import type { OpenOffices } from '../../shared/domain/offices/nearest-consulates.ts';
import { readDeviceToken } from '../../shared/runtime/device-token.ts';
import { type HttpAnswer, type HttpRequest, readJson } from '../../shared/runtime/http.ts';
import { parseRequest } from '../../shared/runtime/parse.ts';
import { invalidRequest, refusedPin, unauthorized } from '../../shared/runtime/problem.ts';
import { composeSecondPinWarning } from '../../shared/telling/compose-warnings.ts';
import { alertOpen, usedTooOften } from './answers.ts';

export type SettingsHandlerDeps = ManageFamilyDeps &
  OpenOffices &
  ConsentTexts & {
    /** Calling codes that phones may have. */
    readonly smsCountries: readonly string[];
  };

type Sent = { readonly consularNotification: boolean; readonly version?: string; readonly language?: Language };

/** A consent with the text that it was given to. Withdrawing needs no text. */
const consentOf = (deps: ConsentTexts, { consularNotification, version, language = 'es' }: Sent) => {
  if (version === undefined) return { consent: { consularNotification }, flaws: [] };
  const found = textOfConsent(deps, { version, language });
  if ('flaw' in found) return { consent: { consularNotification }, flaws: [found.flaw] };
  return { consent: { consularNotification, version, language, sha256: found.text.sha256 }, flaws: [] };
};

const flawed = (field: string, code: FieldFlaw['code'], detail: string) =>
  invalidRequest([{ path: [field], code, detail }]);

const answerTo = (familyId: string, outcome: SettingsOutcome): HttpAnswer => {
  switch (outcome.kind) {
    case 'unknown-device':
      throw unauthorized();
    case 'wrong-pin':
      throw refusedPin(outcome);
    case 'alert-open':
      throw alertOpen();
    case 'pin-taken':
      throw flawed('newPin', 'same-as-pin', 'is the other PIN');
    case 'warns-nobody':
      throw flawed('newDuressPin', 'warns-nobody', 'would warn nobody: there is neither consent nor a trusted contact');
    case 'limited':
      throw usedTooOften(['person', 'phone'], outcome.retryAfterSeconds);
    case 'done': {
      const { shown, isHeard } = outcome;
      const warnings = composeSecondPinWarning(isHeard, shown.person.language);
      return { status: 200, body: settingsResponse.parse({ familyId, warnings }) };
    }
  }
};

/** `POST /v1/family/settings`. */
export const settingsAnswer = (deps: SettingsHandlerDeps): ((request: HttpRequest) => Promise<HttpAnswer>) => {
  const schema = settingsRequest(deps.smsCountries);
  return async (request) => {
    const token = readDeviceToken(request);
    const { pin, consent: sent, ...rest } = parseRequest(schema, readJson(request));
    const { consent, flaws } = sent ? consentOf(deps, sent) : { consent: undefined, flaws: [] };
    const wrong = [...flaws, ...flawOfHome(deps, rest.person?.homePosition)];
    if (wrong.length > 0) throw invalidRequest(wrong);
    const wanted: SettingsRequest = { ...rest, ...(consent && { consent }) };
    const outcome = await changeSettings(deps, token, wanted, pin);
    request.log.info('family.settings', { familyId: token.familyId, outcome: outcome.kind });
    return answerTo(token.familyId, outcome);
  };
};
