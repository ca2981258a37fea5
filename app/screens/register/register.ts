import { type App, problemText } from '../../app.ts';
import type { Reply } from '../../phone/http.ts';
import { isJson, someText } from '../contact-status.ts';
import { homeField } from '../home-field.ts';
import { lastScreen } from '../last.ts';
import { contactsPage } from './contacts-page.ts';
import { newDraft, sendDraft } from './draft.ts';
import { type Flow, type PageMaker, pageScreen } from './flow.ts';
import { isAskedForWork } from './work.ts';
import { codePage, consentPage, duressPage, languagePage, namePage, pinPage, sharePage, trustedPage } from './pages.ts';

const homePage: PageMaker = {
  fields: /^person\.homePosition/,
  make: (app, draft) => {
    const words = app.words();
    const field = homeField(app);
    return {
      title: words.register.home.title,
      body: [words.register.home.hint, field.element],
      take: () => {
        const home = field.take();
        if (home === undefined) return '';
        draft.home = home === 'none' ? undefined : home;
        return undefined;
      },
    };
  },
};

const problemOf = (
  flow: Flow,
  reply: Exclude<Reply, { kind: 'ok' }>,
): { readonly page: number; readonly text: string } => {
  const { app, pages } = flow;
  const { register, problems } = app.words();
  const asking = (field: string): number => pages.findIndex(({ fields }) => fields.test(field));
  if (reply.kind === 'lost') return { page: pages.length - 1, text: problems.lost };
  if (isAskedForWork(reply)) return { page: pages.length - 1, text: problems.failed };
  if (reply.status === 403) return { page: asking('registrationCode'), text: register.refusedCode };
  const [wrong] = reply.errors;
  if (reply.status === 429 && wrong) return { page: asking('contacts'), text: register.contactsBusy };
  if (wrong) return { page: asking(wrong.field), text: problems.field };
  return { page: pages.length - 1, text: problemText(app, reply) };
};

const finish = async (flow: Flow): Promise<string | undefined> => {
  const { app, draft, pages } = flow;
  const reply = await sendDraft(app, draft);
  if (reply.kind === 'ok') {
    const { deviceToken, recoveryCode, nearestConsulate } = reply.body;
    const office = isJson(nearestConsulate) ? someText(nearestConsulate['name']) : undefined;
    await app.setPhone({ token: String(deviceToken), consent: draft.consent?.given === true });
    app.router.reset(lastScreen(app, { recoveryCode: someText(recoveryCode), office }));
    return undefined;
  }
  const { page, text } = problemOf(flow, reply);
  const last = pages.length - 1;
  if (page < 0 || page === last) return text;
  flow.complaint = { page, text };
  app.router.back(last - page);
  return undefined;
};

/** Begins the registration. @param code of the workshop, where a link brought it */
export const beginRegistration = (app: App, code: string): void => {
  const pages = [
    ...(app.settings.asksForCode || code !== '' ? [codePage] : []),
    languagePage,
    namePage,
    contactsPage,
    trustedPage,
    pinPage,
    duressPage,
    consentPage,
    sharePage,
    homePage,
  ];
  app.router.open(pageScreen({ app, draft: newDraft(app, code), pages, complaint: undefined, finish }, 0));
};
