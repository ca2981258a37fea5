import { writeFileSync } from 'node:fs';
import type { Consulate, SlimOffices } from '../domain/offices/consulate.ts';
import { type ConsulateData, type Office, loadConsulateData } from './consulate-data.ts';
import { timeZoneOf } from './states.ts';

const slimOffice = (office: Office, desk: ConsulateData['desk']): Consulate => {
  const timeZone = timeZoneOf(office);
  if (timeZone === undefined) throw new Error(`no time zone is known for ${office.id}`);
  return {
    id: office.id,
    kind: office.kind,
    name: office.name,
    city: office.city,
    state: office.state,
    latitude: office.latitude,
    longitude: office.longitude,
    precision: office.precision,
    website: office.website,
    mainPhone: office.mainPhone,
    emergencyPhone: office.verifiedOn === null ? desk.phone : (office.emergencyPhone ?? desk.phone),
    timeZone,
  };
};

/**
 * Leaves out sources, districts, `unverified` and all other fields that are not named above. The functions stay small,
 * and no doubtful number can reach a person.
 */
export const slim = ({ desk, offices }: ConsulateData): SlimOffices => ({
  desk: { id: desk.id, ministry: desk.ministry, name: desk.name, phone: desk.phone },
  closed: offices.filter((office) => office.status === 'closed').map((office) => office.id),
  offices: offices.map((office) => slimOffice(office, desk)),
});

/**
 * The text of `consulates-slim.ts`: one office a line, so that a change is one line of a diff. The compiler holds it to its
 * type, so that no function parses it when it starts.
 */
export const slimText = (data: SlimOffices): string =>
  [
    "import type { SlimOffices } from '../domain/offices/consulate.ts';",
    '',
    '// Written by slim-consulates.ts.',
    'export const slim: SlimOffices = {',
    `"desk": ${JSON.stringify(data.desk)},`,
    `"closed": ${JSON.stringify(data.closed)},`,
    '"offices": [',
    data.offices.map((office) => JSON.stringify(office)).join(',\n'),
    ']',
    '};',
    '',
  ].join('\n');

// Run `npx node shared/data/slim-consulates.ts` after each change of consulates.json; a test fails until you do.
if (import.meta.main) {
  writeFileSync(new URL('consulates-slim.ts', import.meta.url), slimText(slim(loadConsulateData())));
}
