import { familyCaseResponse } from '../../shared/contracts/cases.ts';
import { familyActionInput, familyActionRequests } from '../../shared/contracts/case-actions.ts';
import { actAsFamily } from '../../shared/domain/case/answer-case.ts';
import type { FamilyView } from '../../shared/domain/case/family-view.ts';
import type { Link } from '../../shared/domain/case/links.ts';
import { isViewOver } from '../../shared/domain/case/read-alert.ts';
import type { Language } from '../../shared/domain/family/family.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import { metersToNearest } from '../../shared/domain/offices/nearest-consulates.ts';
import { cancelledCase, familyCase, isCancelledForFamily } from '../../shared/pages/case-for-family.ts';
import { familyPage } from '../../shared/pages/family-page.ts';
import { shownFamily } from '../../shared/domain/family/shown-family.ts';
import { htmlText } from '../../shared/pages/html.ts';
import type { Attempt } from '../../shared/pages/page-context.ts';
import type { HttpRequest } from '../../shared/runtime/http.ts';
import type { PageAnswer } from '../../shared/runtime/page.ts';
import { wantsJson } from '../../shared/runtime/page.ts';
import { HttpProblem, invalidRequest } from '../../shared/runtime/problem.ts';
import { caseTimeZone } from '../../shared/words/time-zone.ts';
import type { ServeCaseDeps } from './request.ts';
import { attemptOf, contextOf, findLink, noSuchLink, noteOpened, readAction } from './request.ts';

/** A case, and in which language its link is read. */
type OpenCase = Case & { readonly language: Language };

const openLink = async (deps: ServeCaseDeps, link: Link): Promise<OpenCase> => {
  const read = await deps.cases.read(link.familyId, link.alertId);
  if (!read) throw noSuchLink();
  const found = { ...read, family: shownFamily(read.family) };
  const { language = found.family.person.language } = link.recipient.kind === 'family' ? link.recipient : {};
  return { ...found, language };
};

const open = async (deps: ServeCaseDeps, request: HttpRequest): Promise<OpenCase> =>
  openLink(deps, await findLink(deps, request, ({ kind }) => kind === 'family'));

/**
 * The clock is that of the place. Where nothing tells it, it is that of the office in charge; for a cancelled alert that
 * of the press's office: after a forced cancellation another office is in charge, and nothing may show that (G7).
 */
const contextFor = (
  deps: ServeCaseDeps,
  request: HttpRequest,
  { family, alert, language }: OpenCase,
  attempt?: Attempt,
) => {
  const inCharge = isCancelledForFamily(alert) ? alert.deliveries.consulate?.id : alert.consulate?.id;
  const office = deps.consulateById(inCharge ?? '');
  const timeZone = caseTimeZone(alert, family, office, metersToNearest(deps.openConsulates));
  return contextOf(deps, request, { kind: 'f' }, { language, timeZone }, attempt);
};

const jsonOf = (deps: ServeCaseDeps, found: Case): PageAnswer => ({
  kind: 'json',
  status: 200,
  body: familyCaseResponse.parse(familyCase(found, deps)),
});

const pageOf = (
  deps: ServeCaseDeps,
  request: HttpRequest,
  found: OpenCase,
  status: number,
  refused: { readonly attempt?: Attempt; readonly isFull?: boolean } = {},
): PageAnswer => {
  const context = contextFor(deps, request, found, refused.attempt);
  const html = familyPage(context, familyCase(found, deps), deps.rights(context.language), refused.isFull);
  return { kind: 'page', status, html: htmlText(html) };
};

/** The page of a cancelled alert, from what was frozen with the cancellation and from nothing else. */
const showFrozen = (
  deps: ServeCaseDeps,
  request: HttpRequest,
  view: FamilyView,
  { recipient }: Pick<Link, 'recipient'>,
): PageAnswer => {
  const found = cancelledCase(view, deps);
  if (wantsJson(request)) return { kind: 'json', status: 200, body: familyCaseResponse.parse(found) };
  const { language = view.person.language } = recipient.kind === 'family' ? recipient : {};
  const office = deps.consulateById(view.officeId ?? '');
  const timeZone = caseTimeZone(view.alert, view, office, metersToNearest(deps.openConsulates));
  const context = contextOf(deps, request, { kind: 'f' }, { language, timeZone });
  return { kind: 'page', status: 200, html: htmlText(familyPage(context, found, deps.rights(context.language))) };
};

/** `GET /f/{token}`. */
export const showFamily = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const link = await findLink(deps, request, ({ kind }) => kind === 'family');
  const view = await deps.familyViews.get(link.familyId, link.alertId);
  if (view) {
    request.log.info('family-page.viewed', { familyId: link.familyId, alertId: link.alertId });
    return showFrozen(deps, request, view, link);
  }
  const found = await openLink(deps, link);
  const { deviceView } = found.alert;
  // After the PIN the case is gone by now.
  if (deviceView && isViewOver(deviceView, deps.now()) && isCancelledForFamily(found.alert)) throw noSuchLink();
  await noteOpened(deps, request, found.alert);
  request.log.info('family-page.viewed', { familyId: found.alert.familyId, alertId: found.alert.alertId });
  return wantsJson(request) ? jsonOf(deps, found) : pageOf(deps, request, found, 200);
};

const full = 'The relatives’ answers on this case are as many as it can hold; nothing more is added.';

/** `POST /f/{token}/{action}`. */
export const postAnswer = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const found = await open(deps, request);
  const sent = readAction(request, familyActionRequests, familyActionInput);
  const isJson = wantsJson(request);
  if (sent.kind === 'wrong') {
    if (isJson) throw invalidRequest(sent.errors);
    // Both buttons belong to one form.
    return pageOf(deps, request, found, 400, { attempt: attemptOf('on-it', sent, sent.errors) });
  }
  const { alertId, familyId } = found.alert;
  const outcome = await actAsFamily(deps, { alertId, familyId }, sent.action);
  switch (outcome.kind) {
    case 'done':
      request.log.info('family.answered', { familyId, alertId, action: sent.name });
      return isJson
        ? jsonOf(deps, outcome.case)
        : { kind: 'see-other', path: contextFor(deps, request, found).urls.page({ done: sent.name }) };
    case 'refused':
      // The state never refuses a relative. Many changes at the same moment can.
      throw new HttpProblem(409, 'conflict', 'Somebody else is writing at this moment; try again.');
    case 'too-many-answers':
      if (isJson) throw new HttpProblem(409, 'conflict', full);
      return pageOf(deps, request, found, 409, { isFull: true });
    case 'not-found':
    case 'unknown-consulate':
      throw noSuchLink();
  }
};
