import { readUuid } from '../../shared/domain/sent-values.ts';
import {
  addContactRequest,
  addDeviceRequest,
  changeContactRequest,
  channelOf,
  pinRequest,
} from '../../shared/contracts/manage-family.ts';
import { manageFamily } from '../../shared/domain/family/manage-family.ts';
import type { FamilyRequest } from '../../shared/domain/family/planned-change.ts';
import { readDeviceToken } from '../../shared/runtime/device-token.ts';
import { type HttpHandler, type HttpRequest, httpHandler, readJson } from '../../shared/runtime/http.ts';
import { parseRequest, withoutNulls } from '../../shared/runtime/parse.ts';
import { HttpProblem } from '../../shared/runtime/problem.ts';
import { answerTo } from './answers.ts';
import { type ArrivalDeps, arrivals } from './arrivals.ts';
import { type SettingsHandlerDeps, settingsAnswer } from './settings.ts';

export type ManageFamilyHandlerDeps = SettingsHandlerDeps & ArrivalDeps;

type Asked = { readonly pin: string; readonly change: FamilyRequest };

// An id that is no UUID names nothing. Token and PIN are checked before, so that only a PIN learns of the list.
const idIn = ({ event }: HttpRequest, name: string): string => readUuid(event.pathParameters?.[name]) ?? 'none';

const withPin = (request: HttpRequest, change: FamilyRequest): Asked => ({
  ...parseRequest(pinRequest, readJson(request)),
  change,
});

/** `POST /v1/family/…`. Neither answer nor log says which PIN was given. */
export const createHandler = (deps: ManageFamilyHandlerDeps): HttpHandler => {
  const contactSchema = addContactRequest(deps.smsCountries);
  const changeSchema = changeContactRequest(deps.smsCountries);
  const routes: Readonly<Record<string, (request: HttpRequest) => Asked>> = {
    'POST /v1/family/contacts': (request) => {
      const { pin, ...contact } = parseRequest(contactSchema, withoutNulls(readJson(request)));
      return { pin, change: { kind: 'add-contact', contact } };
    },
    'POST /v1/family/contacts/{contactId}': (request) => {
      const { pin, endpoint, ...rest } = parseRequest(changeSchema, readJson(request));
      const wanted = { ...rest, ...(endpoint !== undefined && { channel: channelOf(endpoint), endpoint }) };
      return { pin, change: { kind: 'change-contact', contactId: idIn(request, 'contactId'), wanted } };
    },
    'POST /v1/family/contacts/{contactId}/invite': (request) =>
      withPin(request, { kind: 'invite-contact', contactId: idIn(request, 'contactId') }),
    'POST /v1/family/contacts/{contactId}/remove': (request) =>
      withPin(request, { kind: 'remove-contact', contactId: idIn(request, 'contactId') }),
    'POST /v1/family/devices': (request) => {
      const { pin, ...wanted } = parseRequest(addDeviceRequest, readJson(request));
      return { pin, change: { kind: 'add-device', ...wanted } };
    },
    'POST /v1/family/devices/{deviceId}/revoke': (request) =>
      withPin(request, { kind: 'revoke-device', deviceId: idIn(request, 'deviceId') }),
    'POST /v1/family/erase': (request) => withPin(request, { kind: 'erase' }),
  };
  const changeSettings = settingsAnswer(deps);
  return httpHandler('manage-family', async (request) => {
    if (request.event.routeKey === 'POST /v1/family/settings') return changeSettings(request);
    const arrival = arrivals[request.event.routeKey];
    if (arrival) return arrival(deps, request);
    const token = readDeviceToken(request);
    const asked = routes[request.event.routeKey]?.(request);
    if (!asked) throw new HttpProblem(404, 'not-found', 'No such path, or not with this method.');
    const outcome = await manageFamily(deps, token, asked.change, asked.pin);
    request.log.info('family.change', { familyId: token.familyId, change: asked.change.kind, outcome: outcome.kind });
    return answerTo(asked.change, outcome, deps.now());
  });
};
