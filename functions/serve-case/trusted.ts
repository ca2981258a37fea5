import type { TrustedPage } from '../../shared/contracts/trusted.ts';
import { trustedActionInput, trustedActionRequests, trustedPageResponse } from '../../shared/contracts/trusted.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import { folioToSay } from '../../shared/domain/case/folio.ts';
import { type Link, isMadeSince, noCase } from '../../shared/domain/case/links.ts';
import { type SayTakenDeps, sayTaken } from '../../shared/domain/case/say-taken.ts';
import { type Contact, type Family, type FamilyReader, languageOf } from '../../shared/domain/family/family.ts';
import type { TrustStore } from '../../shared/domain/family/family-account.ts';
import { namedAsTrusted, trustedContacts } from '../../shared/domain/family/trusted.ts';
import { officeInCharge } from '../../shared/domain/offices/office-in-charge.ts';
import { metersToNearest } from '../../shared/domain/offices/nearest-consulates.ts';
import { htmlText } from '../../shared/pages/html.ts';
import type { Attempt } from '../../shared/pages/page-context.ts';
import { leftPage, trustedPage } from '../../shared/pages/trusted-page.ts';
import type { HttpRequest } from '../../shared/runtime/http.ts';
import { type PageAnswer, wantsJson } from '../../shared/runtime/page.ts';
import { invalidRequest } from '../../shared/runtime/problem.ts';
import { caseTimeZone } from '../../shared/words/time-zone.ts';
import { type ServeCaseDeps, attemptOf, contextOf, findLink, noSuchLink, readAction } from './request.ts';

export type TrustedDeps = ServeCaseDeps &
  SayTakenDeps & { readonly families: FamilyReader; readonly trust: TrustStore };

type Opened = { readonly link: Link; readonly family: Family; readonly contact: Contact; readonly alert?: Alert };

/**
 * Who reads a link. Nobody knows who of several opens it, so all whom it was sent to have to be named as trusted still; the
 * first of them who is trusted by now is taken for the reader. A link of before does not say to whom it was sent: it is of
 * nobody who became a contact after it was made.
 */
const readerOf = (link: Link, family: Family, now: Date): Contact | undefined => {
  const trusted = trustedContacts(family, now);
  const sentTo =
    link.recipient.kind === 'trusted' ? link.recipient.endpoints?.map((to) => to.toLowerCase()) : undefined;
  if (!sentTo) return trusted.find(({ addedAt }) => addedAt === undefined || isMadeSince(link, addedAt));
  const theirs = new Set(namedAsTrusted(family).map(({ endpoint }) => endpoint.toLowerCase()));
  if (!sentTo.every((to) => theirs.has(to))) return undefined;
  return trusted.find(({ endpoint }) => sentTo.includes(endpoint.toLowerCase()));
};

/** A link opens nothing once its reader is not trusted any more, whoever else is. */
const open = async (deps: TrustedDeps, request: HttpRequest): Promise<Opened> => {
  const link = await findLink(deps, request, (recipient) => recipient.kind === 'trusted');
  const { familyId, alertId } = link;
  const found = alertId === noCase ? undefined : await deps.cases.read(familyId, alertId);
  const family = found?.family ?? (await deps.families.get(familyId));
  const contact = family && readerOf(link, family, deps.now());
  if (!family || !contact) throw noSuchLink();
  return { link, family, contact, ...(found && { alert: found.alert }) };
};

const seen = (deps: TrustedDeps, { family, alert }: Opened): TrustedPage => {
  const { desk } = deps;
  const office = alert && officeInCharge(alert, deps);
  const inCharge = office
    ? { name: office.name, phone: office.emergencyPhone }
    : { name: desk.name, phone: desk.phone };
  return {
    person: { name: family.person.name },
    case: alert
      ? {
          forced: alert.duress === true,
          state: alert.state,
          folio: folioToSay(alert) ?? null,
          closedAt: alert.state === 'closed' ? (alert.closedAt ?? null) : null,
          call: alert.consularNotification ? inCharge : (deps.legalHelp ?? null),
        }
      : null,
  };
};

const contextFor = (deps: TrustedDeps, request: HttpRequest, { family, contact, alert }: Opened, attempt?: Attempt) => {
  const timeZone = caseTimeZone(
    alert ?? { raisedAt: deps.now().toISOString() },
    family,
    deps.consulateById(alert?.consulate?.id ?? ''),
    metersToNearest(deps.openConsulates),
  );
  return contextOf(deps, request, { kind: 't' }, { language: languageOf(family, contact), timeZone }, attempt);
};

const pageOf = (
  deps: TrustedDeps,
  request: HttpRequest,
  found: Opened,
  status: number,
  attempt?: Attempt,
): PageAnswer => ({
  kind: 'page',
  status,
  html: htmlText(trustedPage(contextFor(deps, request, found, attempt), seen(deps, found))),
});

const jsonOf = (deps: TrustedDeps, found: Opened): PageAnswer => {
  const { person, case: about } = seen(deps, found);
  const call = about?.call ? { name: about.call.name, phone: about.call.phone } : null;
  return { kind: 'json', status: 200, body: trustedPageResponse.parse({ person, case: about && { ...about, call } }) };
};

/** `GET /t/{token}`. */
export const showTrusted = async (deps: TrustedDeps, request: HttpRequest): Promise<PageAnswer> => {
  const found = await open(deps, request);
  request.log.info('trusted-page.viewed', { familyId: found.link.familyId });
  return wantsJson(request) ? jsonOf(deps, found) : pageOf(deps, request, found, 200);
};

/** `POST /t/{token}/{action}`. */
export const postTrusted = async (deps: TrustedDeps, request: HttpRequest): Promise<PageAnswer> => {
  const found = await open(deps, request);
  const { family, contact } = found;
  const sent = readAction(request, trustedActionRequests, trustedActionInput);
  if (sent.kind === 'wrong') {
    if (wantsJson(request)) throw invalidRequest(sent.errors);
    return pageOf(deps, request, found, 400, attemptOf(sent.name, sent, sent.errors));
  }
  request.log.info('trusted.acted', { familyId: family.familyId, action: sent.name });
  if (sent.action.action === 'leave') {
    await deps.trust.leave(family.familyId, contact.contactId);
    if (wantsJson(request)) return jsonOf(deps, found);
    const context = contextFor(deps, request, found);
    return { kind: 'page', status: 200, html: htmlText(leftPage(context, family.person.name)) };
  }
  await sayTaken(deps, family, contact, sent.action.note);
  if (wantsJson(request)) return jsonOf(deps, found);
  return { kind: 'see-other', path: contextFor(deps, request, found).urls.page({ done: 'taken' }) };
};
