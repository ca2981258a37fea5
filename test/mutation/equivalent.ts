const oneOfAnId = 'No two have the same id.';

/** Changes that change nothing: no test can notice them. `from` and `to` are as in the source. */
export const equivalent: readonly { path: string; from: string; to: string; why: string }[] = [
  {
    path: 'shared/domain/offices/choose-consulate.ts',
    from: 'ranked.find(({ consulate }) => consulate.id === answer.id)',
    to: 'ranked.findLast(({ consulate }) => consulate.id === answer.id)',
    why: oneOfAnId,
  },
  {
    path: 'shared/domain/offices/responsible-office.ts',
    from: 'ranked.find(({ consulate }) => consulate.id === district.office)',
    to: 'ranked.findLast(({ consulate }) => consulate.id === district.office)',
    why: oneOfAnId,
  },
  {
    path: 'shared/domain/offices/distance.ts',
    from: 'found',
    to: 'false',
    why: 'What is known of an office is only worked out again.',
  },
  {
    path: 'shared/domain/offices/nearest-consulates.ts',
    from: '(measures[index] ?? Infinity) <= limit',
    to: '((measures[index] ?? Infinity)) < (limit)',
    why: 'The limit lies far beyond the nearest, and what is at the limit is not the nearest.',
  },
  {
    path: 'shared/domain/representatives/offer-case.ts',
    from: 'roster.find(({ representative }) => representative.representativeId === wish.representativeId)',
    to: 'roster.findLast(({ representative }) => representative.representativeId === wish.representativeId)',
    why: oneOfAnId,
  },
  {
    path: 'shared/domain/representatives/mind-offers.ts',
    from: 'roster.find(({ representative }) => representative.representativeId === chosen.representativeId)',
    to: 'roster.findLast(({ representative }) => representative.representativeId === chosen.representativeId)',
    why: oneOfAnId,
  },
  {
    path: 'shared/domain/representatives/mind-offers.ts',
    from: 'event.deliveries[`representative:${offer.representativeId}`]?.status',
    to: 'event.deliveries[`representative:${offer.representativeId}`].status',
    why: 'An offer is an event with this delivery.',
  },
  {
    path: 'shared/domain/representatives/hours.ts',
    from: 'parts.find((part) => part.type === type)',
    to: 'parts.findLast((part) => part.type === type)',
    why: 'A weekday, an hour and a minute are written once.',
  },
  {
    path: 'shared/domain/case/open-view.ts',
    from: "event.type === 'alert.located.v1'",
    to: 'true',
    why: 'Of those that put an office in charge no other has two.',
  },
  {
    path: 'shared/domain/case/minding.ts',
    from: 'done < ministryMs',
    to: 'true',
    why: 'With the limits of today nothing is due between the ministry and the end of a hand-over.',
  },
  {
    path: 'shared/domain/case/cancellation.ts',
    from: "'great-circle'",
    to: "''",
    why: 'Only the ids of the offices are used.',
  },
  {
    path: 'shared/domain/family/recover-family.ts',
    from: 'familyId === undefined',
    to: 'false',
    why: 'No family has no id.',
  },
  {
    path: 'shared/domain/family/plan-contacts.ts',
    from: 'shown.find((contact) => isSameEndpoint(contact, wanted))',
    to: 'shown.findLast((contact) => isSameEndpoint(contact, wanted))',
    why: 'No two contacts have the same endpoint.',
  },
  {
    path: 'shared/domain/offices/districts.ts',
    from: 'found === undefined',
    to: 'false',
    why: 'No district is at an index that there is not.',
  },
  {
    path: 'shared/domain/case/incident.ts',
    from: 'Date.parse(raisedAt) + ms',
    to: '(Date.parse(raisedAt)) - (ms)',
    why: 'It is reckoned with both signs.',
  },
];
