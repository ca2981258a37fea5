import { type OfficerCase, officerCaseResponse } from '../../shared/contracts/cases.ts';
import { officerActionInput, officerActionRequests } from '../../shared/contracts/case-actions.ts';
import type { OfficerAction, OfficerOutcome } from '../../shared/domain/case/act-on-case.ts';
import { actOnCase, mayOpen, refusalOf } from '../../shared/domain/case/act-on-case.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import { casesNear } from '../../shared/domain/case/cases-near.ts';
import type { Link } from '../../shared/domain/case/links.ts';
import type { Consulate } from '../../shared/domain/offices/consulate.ts';
import { metersToNearest } from '../../shared/domain/offices/nearest-consulates.ts';
import { mayBeOffered, readRosters, rostersOf } from '../../shared/domain/representatives/ask.ts';
import type { RosterEntry } from '../../shared/domain/representatives/representative.ts';
import type { TrackPoint } from '../../shared/domain/position.ts';
import { metricNames } from '../../shared/names.ts';
import { htmlText } from '../../shared/pages/html.ts';
import { officerCase } from '../../shared/pages/case-for-officer.ts';
import { closingPage } from '../../shared/pages/closing-page.ts';
import { type OfficerPageOptions, officerPage } from '../../shared/pages/officer-page.ts';
import type { Attempt, PageContext } from '../../shared/pages/page-context.ts';
import type { HttpRequest } from '../../shared/runtime/http.ts';
import { type PageAnswer, wantsJson } from '../../shared/runtime/page.ts';
import { type FieldError, HttpProblem, invalidRequest } from '../../shared/runtime/problem.ts';
import { officersLanguage } from '../../shared/words/catalogues.ts';
import { caseTimeZone } from '../../shared/words/time-zone.ts';
import { toFamilyOf } from './closing.ts';
import {
  type Sent,
  type ServeCaseDeps,
  attemptOf,
  contextOf,
  findOfficersLink,
  noSuchLink,
  noteOpened,
  officeOfLink,
  queryOf,
  readAction,
  rememberOfficer,
} from './request.ts';

/** Positions of the phone on a page. */
const trackLength = 50;

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const caseRefPattern = new RegExp(`^(${uuid})\\.(${uuid})$`);

/** What an officer does on the page of one case. */
type PostedAction = Exclude<OfficerAction, { readonly action: 'take' }>;

/** An officer at a case: what was asked, through which link, and what was found. */
type Visit = {
  readonly deps: ServeCaseDeps;
  readonly request: HttpRequest;
  readonly link: Link;
  readonly found: Case;
  readonly track: readonly TrackPoint[];
};

/** The link, with the case of `?case=` if there is one. */
const withNamedCase = (request: HttpRequest, link: Link): Link => {
  const ref = queryOf(request, 'case');
  if (ref === undefined) return link;
  const [, familyId, alertId] = caseRefPattern.exec(ref) ?? [];
  if (familyId === undefined || alertId === undefined) throw noSuchLink();
  if (link.drill && alertId !== link.alertId) throw noSuchLink();
  return { ...link, familyId, alertId };
};

/** The case of an officer's link. Without authorisation there is none, even for a valid link (G5). */
const readCase = async ({ cases }: ServeCaseDeps, link: Link): Promise<Case> => {
  const found = await cases.read(link.familyId, link.alertId);
  if (!found?.alert.consularNotification || !mayOpen(link.recipient, found.alert)) throw noSuchLink();
  return found;
};

const open = async (deps: ServeCaseDeps, request: HttpRequest): Promise<Visit> => {
  const link = withNamedCase(request, await findOfficersLink(deps, request));
  const [found, track] = await Promise.all([readCase(deps, link), deps.track.newest(link, trackLength)]);
  return { deps, request, link, found, track };
};

const idsOf = ({ link, found: { alert } }: Visit) => ({
  familyId: alert.familyId,
  alertId: alert.alertId,
  officeId: officeOfLink(link),
});

/** Whose clock a page is written by where the case tells none: the reader's own, whoever has the case by now. */
const readersOffice = ({ deps, link, found: { alert } }: Visit): Consulate | undefined => {
  const first = [officeOfLink(link), alert.deliveries.consulate?.id, alert.raisedTo?.id, alert.consulate?.id];
  return first.flatMap((id) => (id === undefined ? [] : (deps.consulateById(id) ?? [])))[0];
};

const contextFor = (visit: Visit, attempt?: Attempt): PageContext => {
  const { deps, request, found } = visit;
  const { alert, family } = found;
  const office = readersOffice(visit);
  const timeZone = caseTimeZone(alert, family, office, metersToNearest(deps.openConsulates));
  const reader = { language: officersLanguage, timeZone };
  return contextOf(deps, request, { kind: 'c', ref: queryOf(request, 'case') }, reader, attempt);
};

/** Whom an officer can offer the case to. A fault keeps nobody from the case itself: then there is nobody to choose. */
const rosterFor = async (deps: ServeCaseDeps, { alert }: Case): Promise<readonly RosterEntry[]> =>
  mayBeOffered(alert) ? readRosters(deps, rostersOf(alert)).catch(() => []) : [];

const besideCase = async (deps: ServeCaseDeps, link: Link, found: Case) => {
  const [near, roster] = await Promise.all([casesNear(deps, link.recipient, found.alert), rosterFor(deps, found)]);
  return { near, roster };
};

/** The case with the others that it points to, which are read only to be shown. */
const shownCase = async ({ deps, found, track, link }: Visit): Promise<OfficerCase> =>
  officerCase(found, track, deps, { ...link, ...(await besideCase(deps, link, found)) });

const json = async (visit: Visit): Promise<PageAnswer> => ({
  kind: 'json',
  status: 200,
  body: officerCaseResponse.parse(await shownCase(visit)),
});

const page = async (
  visit: Visit,
  status: number,
  { attempt, refused }: { readonly attempt?: Attempt; readonly refused?: OfficerPageOptions['refused'] } = {},
): Promise<PageAnswer> => {
  const { deps, request, link } = visit;
  const options = {
    officeId: officeOfLink(link),
    openConsulates: deps.openConsulates,
    before: queryOf(request, 'before'),
    refused,
  };
  const shown = await shownCase(visit);
  return { kind: 'page', status, html: htmlText(officerPage(contextFor(visit, attempt), shown, options)) };
};

/** `GET /c/{token}`. Changes nothing of the case, because mail scanners follow links. */
export const showCase = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const visit = await open(deps, request);
  await noteOpened(deps, request, visit.link, visit.found.alert);
  request.log.info('case.viewed', idsOf(visit));
  return wantsJson(request) ? json(visit) : page(visit, 200);
};

/** Logs the action and, unless it is a drill, the time since the press. */
const record = (visit: Visit, { action }: PostedAction): void => {
  const { deps, request, found } = visit;
  const { drill, raisedAt, representative, state, seenOnly } = found.alert;
  request.log.info('case.changed', { ...idsOf(visit), action });
  if (drill) return;
  const seconds = (deps.now().getTime() - Date.parse(raisedAt)) / 1000;
  // Who relieves a colleague, or takes a case over, shortens nobody's wait.
  const wasTaken = state !== 'raised' && seenOnly !== true;
  if (action === 'acknowledge' && !wasTaken)
    request.log.measure(metricNames.secondsToAcknowledgement, seconds, idsOf(visit));
  if (action === 'representative' && !representative) {
    request.log.measure(metricNames.secondsToRepresentative, seconds, idsOf(visit));
  }
};

const wrong = async (visit: Visit, sent: Sent<PostedAction>, errors: readonly FieldError[]): Promise<PageAnswer> => {
  if (wantsJson(visit.request)) throw invalidRequest(errors);
  // A form is confirmed on a page of its own.
  const ofForm = errors.filter(({ path }) => path[0] !== 'confirm');
  return page(visit, 400, { attempt: attemptOf(sent.name, sent, ofForm) });
};

type Refusal = Extract<OfficerOutcome, { kind: 'refused' }>;

/** The answer to an action that the state does not allow. */
const conflict = ({ state, reason }: Refusal, action: string): HttpProblem => {
  const why = {
    'action-not-allowed': `it does not allow ${action}.`,
    'not-in-charge': 'another office is in charge of it.',
    'already-taken': 'somebody has taken it.',
    'state-not-reachable': 'that state cannot follow it.',
    'already-in-charge': 'that office is in charge already.',
    'already-handed-over': 'it is handed over to that office, which has not taken it yet.',
    'no-hand-over': 'no hand-over of it waits.',
    'receiver-has-acted': 'the office that it was handed over to has taken it.',
    'nobody-to-ask': 'nobody of the rosters can take it.',
    'already-asked': 'that representative has been asked.',
    busy: 'somebody else is changing it; try again.',
  }[reason];
  return new HttpProblem(409, 'conflict', `The case is in the state ${state}: ${why}`, { reason });
};

/** The page shows the case as it is by now: somebody else has changed it. */
const refuse = async (
  visit: Visit,
  sent: Extract<Sent<PostedAction>, { kind: 'action' }>,
  refusal: Refusal,
): Promise<PageAnswer> => {
  if (wantsJson(visit.request)) throw conflict(refusal, sent.name);
  const link = { ...visit.link, officer: sent.action.officer };
  const now = { ...visit, link, found: await readCase(visit.deps, link) };
  const refused = { action: sent.action.action, reason: refusal.reason };
  return page(now, 409, { attempt: attemptOf(sent.name, sent), refused });
};

/** Whether nothing is wrong with a closing but that nobody has confirmed it. */
const asksToConfirm = (sent: Extract<Sent<OfficerAction>, { kind: 'wrong' }>): boolean =>
  sent.name === 'close' && sent.errors.every(({ path }) => path[0] === 'confirm');

/** A page between the form and the closing of a case, which shows what the family will read. */
const confirmClosing = async (visit: Visit): Promise<PageAnswer> => {
  const { deps, request, link, found, track } = visit;
  const sent = readAction(request, officerActionRequests, officerActionInput, { officer: link.officer, confirm: true });
  if (sent.kind === 'wrong' || sent.action.action !== 'close') throw noSuchLink();
  const reason = refusalOf(link.recipient, found.alert, sent.action);
  if (reason !== undefined) return refuse(visit, sent, { kind: 'refused', state: found.alert.state, reason });
  const { action } = sent;
  const toFamily = toFamilyOf(deps, found, officeOfLink(link), action);
  const isUnticked = sent.values['asked'] !== undefined;
  const closing = {
    disposition: action.disposition,
    openConsulates: deps.openConsulates,
    ...(toFamily && { toFamily }),
  };
  const context = contextFor(visit, { action: 'close', values: sent.values, wrong: isUnticked ? ['confirm'] : [] });
  const html = closingPage(context, officerCase(found, track, deps, link), closing);
  return { kind: 'page', status: 200, html: htmlText(html) };
};

/** `POST /c/{token}/{action}`. */
export const postAction = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const visit = await open(deps, request);
  const { link } = visit;
  const sent = readAction(request, officerActionRequests, officerActionInput, { officer: link.officer });
  if (sent.kind === 'wrong') {
    if (!wantsJson(request) && asksToConfirm(sent)) return confirmClosing(visit);
    return wrong(visit, sent, sent.errors);
  }
  const { officer } = sent.action;
  await rememberOfficer(deps, request, link, officer);
  const outcome = await actOnCase(deps, link, sent.action);
  switch (outcome.kind) {
    case 'done':
      record(visit, sent.action);
      return wantsJson(request)
        ? json({ ...visit, link: { ...link, officer }, found: outcome.case })
        : { kind: 'see-other', path: contextFor(visit).urls.page({ done: sent.name }) };
    case 'refused':
      return refuse(visit, sent, outcome);
    case 'unknown-consulate':
      return wrong(visit, sent, [
        { path: ['consulateId'], code: 'unknown-office', detail: 'must be the id of an open office' },
      ]);
    case 'unknown-representative':
      return wrong(visit, sent, [
        {
          path: ['representativeId'],
          code: 'unknown-representative',
          detail: 'must be the id of somebody of `roster`',
        },
      ]);
    case 'unknown-contact':
      return wrong(visit, sent, [
        { path: ['contactId'], code: 'unknown-contact', detail: 'must be the id of a contact who may be called' },
      ]);
    case 'not-found':
      throw noSuchLink();
  }
};
