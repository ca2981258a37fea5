import { familyActionInput, familyActionRequests } from '../../shared/contracts/case-actions.ts';
import { type FamilyCase, familyCaseResponse } from '../../shared/contracts/cases.ts';
import { type FamilyAction, actAsFamily, answerCancelled } from '../../shared/domain/case/answer-case.ts';
import type { FamilyView } from '../../shared/domain/case/family-view.ts';
import type { Link } from '../../shared/domain/case/links.ts';
import { isViewOver } from '../../shared/domain/case/read-alert.ts';
import type { Family, Language } from '../../shared/domain/family/family.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import { metersToNearest } from '../../shared/domain/offices/nearest-consulates.ts';
import { cancelledCase, familyCase, isCancelledForFamily } from '../../shared/pages/case-for-family.ts';
import { familyPage } from '../../shared/pages/family-page.ts';
import { shownFamily } from '../../shared/domain/family/shown-family.ts';
import { htmlText } from '../../shared/pages/html.ts';
import type { Attempt } from '../../shared/pages/page-context.ts';
import type { HttpRequest } from '../../shared/runtime/http.ts';
import { type PageAnswer, wantsJson } from '../../shared/runtime/page.ts';
import { HttpProblem, invalidRequest } from '../../shared/runtime/problem.ts';
import { caseTimeZone } from '../../shared/words/time-zone.ts';
import type { ServeCaseDeps } from './request.ts';
import { attemptOf, contextOf, findLink, noSuchLink, noteOpened, readAction, urlsOf } from './request.ts';

/** A case, and in which language its link is read. */
type OpenCase = Case & { readonly language: Language };

/** What a relative's link shows, and by which clock. */
type Shown = {
  readonly found: FamilyCase;
  readonly reader: { readonly language: Language; readonly timeZone: string };
};

const familyLink = async (deps: ServeCaseDeps, request: HttpRequest): Promise<Link> =>
  findLink(deps, request, (recipient) => recipient.kind === 'family');

const languageOf = ({ recipient }: Link, { language }: Family['person']): Language =>
  (recipient.kind === 'family' ? recipient.language : undefined) ?? language;

/** @throws {HttpProblem} 404 of a case that is gone, and of one that after the PIN would be gone by now */
const openLink = async (deps: ServeCaseDeps, link: Link): Promise<OpenCase> => {
  const read = await deps.cases.read(link.familyId, link.alertId);
  if (!read) throw noSuchLink();
  const { deviceView } = read.alert;
  if (deviceView && isViewOver(deviceView, deps.now()) && isCancelledForFamily(read.alert)) throw noSuchLink();
  const family = shownFamily(read.family);
  return { ...read, family, language: languageOf(link, family.person) };
};

/**
 * The clock is that of the place. Where nothing tells it, it is that of the office in charge; for a cancelled alert that
 * of the press's office: after a forced cancellation another office is in charge, and nothing may show that (G7).
 */
const shownOpen = (deps: ServeCaseDeps, current: OpenCase): Shown => {
  const { family, alert, language } = current;
  const inCharge = isCancelledForFamily(alert) ? alert.deliveries.consulate?.id : alert.consulate?.id;
  const office = deps.consulateById(inCharge ?? '');
  const timeZone = caseTimeZone(alert, family, office, metersToNearest(deps.openConsulates));
  return { found: familyCase(current, deps), reader: { language, timeZone } };
};

/** Of a cancelled alert, from what was frozen with the cancellation and from nothing else. */
const shownFrozen = (deps: ServeCaseDeps, link: Link, view: FamilyView): Shown => {
  const office = deps.consulateById(view.officeId ?? '');
  const timeZone = caseTimeZone(view.alert, view, office, metersToNearest(deps.openConsulates));
  return { found: cancelledCase(view, deps), reader: { language: languageOf(link, view.person), timeZone } };
};

type Refused = { readonly attempt?: Attempt; readonly isFull?: boolean };

const pageOf = (
  deps: ServeCaseDeps,
  request: HttpRequest,
  { found, reader }: Shown,
  status: number,
  { attempt, isFull }: Refused = {},
): PageAnswer => {
  const context = contextOf(deps, request, { kind: 'f' }, reader, attempt);
  return { kind: 'page', status, html: htmlText(familyPage(context, found, deps.rights(context.language), isFull)) };
};

const jsonOf = ({ found }: Shown): PageAnswer => ({
  kind: 'json',
  status: 200,
  body: familyCaseResponse.parse(found),
});

/** `GET /f/{token}`. */
export const showFamily = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const link = await familyLink(deps, request);
  const { familyId, alertId } = link;
  const view = await deps.familyViews.get(familyId, alertId);
  const current = view ? undefined : await openLink(deps, link);
  if (current) await noteOpened(deps, request, link, current.alert);
  request.log.info('family-page.viewed', { familyId, alertId });
  const shown = view ? shownFrozen(deps, link, view) : current && shownOpen(deps, current);
  if (!shown) throw noSuchLink();
  return wantsJson(request) ? jsonOf(shown) : pageOf(deps, request, shown, 200);
};

const full = 'The relatives’ answers on this case are as many as it can hold; nothing more is added.';

/** What became of an answer; `after`: what the link shows now. */
type Answered = { readonly kind: 'done'; readonly after: Shown } | { readonly kind: 'busy' | 'full' | 'gone' };

/** What a link shows, with the way to answer it. */
type Answerable = Shown & { readonly answer: (action: FamilyAction) => Promise<Answered> };

const answerable = async (deps: ServeCaseDeps, link: Link): Promise<Answerable> => {
  const view = await deps.familyViews.get(link.familyId, link.alertId);
  if (view) {
    const shown = shownFrozen(deps, link, view);
    const answer = async (action: FamilyAction): Promise<Answered> =>
      (await answerCancelled(deps, view, action)) === 'done' ? { kind: 'done', after: shown } : { kind: 'full' };
    return { ...shown, answer };
  }
  const current = await openLink(deps, link);
  return {
    ...shownOpen(deps, current),
    answer: async (action) => {
      const outcome = await actAsFamily(deps, link, action);
      switch (outcome.kind) {
        case 'done':
          return { kind: 'done', after: shownOpen(deps, { ...current, ...outcome.case, family: current.family }) };
        case 'too-many-answers':
          return { kind: 'full' };
        case 'refused':
          // The state never refuses a relative. Many changes at the same moment can.
          return { kind: 'busy' };
        case 'not-found':
        case 'unknown-consulate':
          return { kind: 'gone' };
      }
    },
  };
};

/** `POST /f/{token}/{action}`. */
export const postAnswer = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const link = await familyLink(deps, request);
  const { answer, ...shown } = await answerable(deps, link);
  const sent = readAction(request, familyActionRequests, familyActionInput);
  const isJson = wantsJson(request);
  if (sent.kind === 'wrong') {
    if (isJson) throw invalidRequest(sent.errors);
    // Both buttons belong to one form.
    return pageOf(deps, request, shown, 400, { attempt: attemptOf('on-it', sent, sent.errors) });
  }
  const outcome = await answer(sent.action);
  switch (outcome.kind) {
    case 'done':
      request.log.info('family.answered', { familyId: link.familyId, alertId: link.alertId, action: sent.name });
      if (isJson) return jsonOf(outcome.after);
      return { kind: 'see-other', path: urlsOf(request, { kind: 'f' }).page({ done: sent.name }) };
    case 'busy':
      throw new HttpProblem(409, 'conflict', 'Somebody else is writing at this moment; try again.');
    case 'full':
      if (isJson) throw new HttpProblem(409, 'conflict', full);
      return pageOf(deps, request, shown, 409, { isFull: true });
    case 'gone':
      throw noSuchLink();
  }
};
