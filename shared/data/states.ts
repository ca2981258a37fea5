/** Extent of a state in degrees, WGS 84: west, south, east, north. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/**
 * 50 states, DC and Puerto Rico, by USPS code, to check the consulate data.
 * Boxes: extents of the US Census Bureau's cartographic boundary file of states (public domain), rounded outwards to
 * 0.01°; Alaska without the Aleutians beyond the date line. Time zones: `zone1970.tab` of the IANA database, the zone
 * of most of the state's people. docs/data-sources.md says how both were checked. `fips`: the Census Bureau's number,
 * with which those of the state's counties begin.
 */
const states: Readonly<Record<string, { readonly fips: string; readonly box: Box; readonly timeZone: string }>> = {
  AL: { fips: '01', box: [-88.48, 30.22, -84.88, 35.01], timeZone: 'America/Chicago' },
  AK: { fips: '02', box: [-180, 51.21, -129.97, 71.37], timeZone: 'America/Anchorage' },
  AZ: { fips: '04', box: [-114.82, 31.33, -109.04, 37.01], timeZone: 'America/Phoenix' },
  AR: { fips: '05', box: [-94.62, 33, -89.64, 36.5], timeZone: 'America/Chicago' },
  CA: { fips: '06', box: [-124.41, 32.53, -114.13, 42.01], timeZone: 'America/Los_Angeles' },
  CO: { fips: '08', box: [-109.07, 36.99, -102.04, 41.01], timeZone: 'America/Denver' },
  CT: { fips: '09', box: [-73.73, 40.98, -71.78, 42.06], timeZone: 'America/New_York' },
  DE: { fips: '10', box: [-75.79, 38.45, -75.04, 39.84], timeZone: 'America/New_York' },
  DC: { fips: '11', box: [-77.12, 38.79, -76.9, 39], timeZone: 'America/New_York' },
  FL: { fips: '12', box: [-87.64, 24.52, -80.03, 31.01], timeZone: 'America/New_York' },
  GA: { fips: '13', box: [-85.61, 30.35, -80.83, 35.01], timeZone: 'America/New_York' },
  HI: { fips: '15', box: [-178.34, 18.91, -154.8, 28.41], timeZone: 'Pacific/Honolulu' },
  ID: { fips: '16', box: [-117.25, 41.98, -111.04, 49.01], timeZone: 'America/Boise' },
  IL: { fips: '17', box: [-91.52, 36.97, -87.49, 42.51], timeZone: 'America/Chicago' },
  IN: { fips: '18', box: [-88.1, 37.77, -84.78, 41.77], timeZone: 'America/Indiana/Indianapolis' },
  IA: { fips: '19', box: [-96.64, 40.37, -90.14, 43.51], timeZone: 'America/Chicago' },
  KS: { fips: '20', box: [-102.06, 36.99, -94.58, 40.01], timeZone: 'America/Chicago' },
  KY: { fips: '21', box: [-89.58, 36.49, -81.96, 39.15], timeZone: 'America/New_York' },
  LA: { fips: '22', box: [-94.05, 28.92, -88.81, 33.02], timeZone: 'America/Chicago' },
  ME: { fips: '23', box: [-71.09, 42.97, -66.94, 47.46], timeZone: 'America/New_York' },
  MD: { fips: '24', box: [-79.49, 37.91, -75.04, 39.73], timeZone: 'America/New_York' },
  MA: { fips: '25', box: [-73.51, 41.23, -69.92, 42.89], timeZone: 'America/New_York' },
  MI: { fips: '26', box: [-90.42, 41.69, -82.41, 48.24], timeZone: 'America/Detroit' },
  MN: { fips: '27', box: [-97.24, 43.49, -89.49, 49.39], timeZone: 'America/Chicago' },
  MS: { fips: '28', box: [-91.66, 30.17, -88.09, 35], timeZone: 'America/Chicago' },
  MO: { fips: '29', box: [-95.78, 35.99, -89.09, 40.62], timeZone: 'America/Chicago' },
  MT: { fips: '30', box: [-116.06, 44.35, -104.03, 49.01], timeZone: 'America/Denver' },
  NE: { fips: '31', box: [-104.06, 39.99, -95.3, 43.01], timeZone: 'America/Chicago' },
  NV: { fips: '32', box: [-120.01, 35, -114.03, 42.01], timeZone: 'America/Los_Angeles' },
  NH: { fips: '33', box: [-72.56, 42.69, -70.61, 45.31], timeZone: 'America/New_York' },
  NJ: { fips: '34', box: [-75.56, 38.92, -73.89, 41.36], timeZone: 'America/New_York' },
  NM: { fips: '35', box: [-109.06, 31.33, -103, 37.01], timeZone: 'America/Denver' },
  NY: { fips: '36', box: [-79.77, 40.49, -71.85, 45.02], timeZone: 'America/New_York' },
  NC: { fips: '37', box: [-84.33, 33.84, -75.46, 36.59], timeZone: 'America/New_York' },
  ND: { fips: '38', box: [-104.05, 45.93, -96.55, 49.01], timeZone: 'America/Chicago' },
  OH: { fips: '39', box: [-84.83, 38.4, -80.51, 41.98], timeZone: 'America/New_York' },
  OK: { fips: '40', box: [-103.01, 33.61, -94.43, 37.01], timeZone: 'America/Chicago' },
  OR: { fips: '41', box: [-124.57, 41.99, -116.46, 46.3], timeZone: 'America/Los_Angeles' },
  PA: { fips: '42', box: [-80.52, 39.71, -74.68, 42.27], timeZone: 'America/New_York' },
  PR: { fips: '72', box: [-67.95, 17.88, -65.22, 18.52], timeZone: 'America/Puerto_Rico' },
  RI: { fips: '44', box: [-71.87, 41.14, -71.12, 42.02], timeZone: 'America/New_York' },
  SC: { fips: '45', box: [-83.36, 32.03, -78.54, 35.22], timeZone: 'America/New_York' },
  SD: { fips: '46', box: [-104.06, 42.47, -96.43, 45.95], timeZone: 'America/Chicago' },
  TN: { fips: '47', box: [-90.32, 34.98, -81.64, 36.68], timeZone: 'America/Chicago' },
  TX: { fips: '48', box: [-106.65, 25.83, -93.5, 36.51], timeZone: 'America/Chicago' },
  UT: { fips: '49', box: [-114.06, 36.99, -109.04, 42.01], timeZone: 'America/Denver' },
  VT: { fips: '50', box: [-73.44, 42.72, -71.46, 45.02], timeZone: 'America/New_York' },
  VA: { fips: '51', box: [-83.68, 36.54, -75.24, 39.47], timeZone: 'America/New_York' },
  WA: { fips: '53', box: [-124.77, 45.54, -116.91, 49.01], timeZone: 'America/Los_Angeles' },
  WV: { fips: '54', box: [-82.65, 37.2, -77.71, 40.64], timeZone: 'America/New_York' },
  WI: { fips: '55', box: [-92.89, 42.49, -86.8, 47.09], timeZone: 'America/Chicago' },
  WY: { fips: '56', box: [-111.06, 40.99, -104.05, 45.01], timeZone: 'America/Denver' },
};

/** Offices whose city has another time than most of its state. */
const timeZoneExceptions: Readonly<Record<string, string>> = {
  // El Paso and Hudspeth counties are on mountain time, the rest of Texas on central time.
  'el-paso': 'America/Denver',
};

export const fipsOf = (state: string): string | undefined => states[state]?.fips;

export const boxOf = (state: string): Box | undefined => states[state]?.box;

/** IANA time zone of an office; undefined if the state is not known. */
export const timeZoneOf = (office: { readonly id: string; readonly state: string }): string | undefined =>
  timeZoneExceptions[office.id] ?? states[office.state]?.timeZone;
