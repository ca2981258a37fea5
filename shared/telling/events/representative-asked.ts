import type { EventSpec } from '../event-spec.ts';
import { officeRef } from '../office-ref.ts';

/*
 * Whom of the rosters a case was offered to. The representative hears of an offer by a message of their own; officers read
 * all of it on the page, and the family never.
 */

export const representativeWaiting: EventSpec<'representative.waiting.v1'> = {
  entry: (head, { type, until, name }) => ({ ...head, type, until, ...(name !== undefined && { name }) }),
  line: ({ type, name }, { events }) => ({ what: events[type].happened, about: name }),
};

export const representativeOffered: EventSpec<'representative.offered.v1'> = {
  entry: (head, { type, name, rosterId, matter, urgent }, offices) => ({
    ...head,
    type,
    name,
    roster: officeRef(offices, rosterId),
    matter,
    ...(urgent && { urgent }),
  }),
  line: ({ type, name }, { events }) => ({ what: events[type].happened, about: name }),
};

export const representativeDeclined: EventSpec<'representative.declined.v1'> = {
  entry: (head, { type, name, reason }) => ({ ...head, type, name, ...(reason !== undefined && { reason }) }),
  line: ({ type, reason }, { events }) => ({ what: events[type].happened, note: reason }),
};

export const representativeLapsed: EventSpec<'representative.lapsed.v1'> = {
  entry: (head, { type, name }) => ({ ...head, type, name }),
  line: ({ type, name }, { events }) => ({ what: events[type].happened, about: name }),
};

export const representativeContactShared: EventSpec<'representative.contact-shared.v1'> = {
  entry: (head, { type, contact }) => ({ ...head, type, contact }),
  line: ({ type, contact }, { events }) => ({ what: events[type].happened, about: contact }),
};

export const representativeContacted: EventSpec<'representative.contacted.v1'> = {
  entry: (head, { type, note }) => ({ ...head, type, ...(note !== undefined && { note }) }),
  line: ({ type, note }, { events }) => ({ what: events[type].happened, note }),
};
