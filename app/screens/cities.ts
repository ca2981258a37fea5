/*
 * US cities by state, each as name, latitude, longitude. From test/support/us-cities.csv (MIT, see its licence): the
 * largest, at least two of a state, and every city with a consulate. A hundredth of a degree is a kilometre: enough to
 * find the office.
 */
const list = [
  'AK:Anchorage,61.22,-149.90',
  'AL:Birmingham,33.52,-86.80;Huntsville,34.73,-86.59;Mobile,30.70,-88.04;Montgomery,32.37,-86.30',
  'AR:Fort Smith,35.39,-94.40;Little Rock,34.75,-92.29',
  'AZ:Chandler,33.31,-111.84;Douglas,31.35,-109.54;Gilbert,33.35,-111.79;Glendale,33.54,-112.19;Mesa,33.42,-111.83;Nogales,31.38,-110.94;Peoria,33.58,-112.24;Phoenix,33.45,-112.07;Scottsdale,33.49,-111.93;Surprise,33.63,-112.37;Tempe,33.43,-111.94;Tucson,32.22,-110.93;Yuma,32.69,-114.63',
  'CA:Anaheim,33.84,-117.91;Bakersfield,35.37,-119.02;Berkeley,37.87,-122.27;Calexico,32.68,-115.50;Carlsbad,33.16,-117.35;Chula Vista,32.64,-117.08;Concord,37.98,-122.03;Corona,33.88,-117.57;Costa Mesa,33.64,-117.92;Downey,33.94,-118.13;El Monte,34.07,-118.03;Elk Grove,38.41,-121.37;Escondido,33.12,-117.09;Fairfield,38.25,-122.04;Fontana,34.09,-117.44;Fremont,37.55,-121.99;Fresno,36.75,-119.77;Fullerton,33.87,-117.92;Garden Grove,33.77,-117.94;Glendale,34.14,-118.26;Hayward,37.67,-122.08;Huntington Beach,33.66,-118.00;Inglewood,33.96,-118.35;Irvine,33.68,-117.79;Lancaster,34.69,-118.15;Long Beach,33.77,-118.19;Los Angeles,34.05,-118.24;Modesto,37.64,-121.00;Moreno Valley,33.94,-117.23;Oakland,37.80,-122.27;Oceanside,33.20,-117.38;Ontario,34.06,-117.65;Orange,33.79,-117.85;Oxnard,34.20,-119.18;Palmdale,34.58,-118.12;Pasadena,34.15,-118.14;Pomona,34.06,-117.75;Rancho Cucamonga,34.11,-117.59;Riverside,33.95,-117.40;Roseville,38.75,-121.29;Sacramento,38.58,-121.49;Salinas,36.68,-121.66;San Bernardino,34.11,-117.29;San Buenaventura (Ventura),34.27,-119.23;San Diego,32.72,-117.16;San Francisco,37.77,-122.42;San Jose,37.34,-121.89;Santa Ana,33.75,-117.87;Santa Clara,37.35,-121.96;Santa Clarita,34.39,-118.54;Santa Rosa,38.44,-122.71;Simi Valley,34.27,-118.78;Stockton,37.96,-121.29;Sunnyvale,37.37,-122.04;Thousand Oaks,34.17,-118.84;Torrance,33.84,-118.34;Vallejo,38.10,-122.26;Victorville,34.54,-117.29;Visalia,36.33,-119.29',
  'CO:Arvada,39.80,-105.09;Aurora,39.73,-104.83;Colorado Springs,38.83,-104.82;Denver,39.74,-104.99;Fort Collins,40.59,-105.08;Lakewood,39.70,-105.08;Pueblo,38.25,-104.61;Thornton,39.87,-104.97;Westminster,39.84,-105.04',
  'CT:Bridgeport,41.19,-73.20;Hartford,41.76,-72.69;New Haven,41.31,-72.93;Stamford,41.05,-73.54;Waterbury,41.56,-73.05',
  'DC:Washington,38.91,-77.04',
  'DE:Dover,39.16,-75.52;Wilmington,39.74,-75.54',
  'FL:Cape Coral,26.56,-81.95;Clearwater,27.97,-82.80;Coral Springs,26.27,-80.27;Fort Lauderdale,26.12,-80.14;Gainesville,29.65,-82.32;Hialeah,25.86,-80.28;Hollywood,26.01,-80.15;Jacksonville,30.33,-81.66;Miami,25.76,-80.19;Miami Gardens,25.94,-80.25;Miramar,25.99,-80.30;Orlando,28.54,-81.38;Pembroke Pines,26.01,-80.30;Port St. Lucie,27.27,-80.36;St. Petersburg,27.77,-82.64;Tallahassee,30.44,-84.28;Tampa,27.95,-82.46',
  'GA:Athens-Clarke County,33.95,-83.36;Atlanta,33.75,-84.39;Augusta-Richmond County,33.47,-82.01;Columbus,32.46,-84.99;Savannah,32.08,-81.10',
  'HI:Honolulu,21.31,-157.86',
  'IA:Cedar Rapids,41.98,-91.67;Des Moines,41.60,-93.61',
  'ID:Boise,43.61,-116.20;Boise City,43.62,-116.21',
  'IL:Aurora,41.76,-88.32;Chicago,41.88,-87.63;Elgin,42.04,-88.28;Joliet,41.53,-88.08;Naperville,41.75,-88.15;Peoria,40.69,-89.59;Rockford,42.27,-89.09;Springfield,39.78,-89.65',
  'IN:Evansville,37.97,-87.57;Fort Wayne,41.08,-85.14;Indianapolis,39.77,-86.16',
  'KS:Kansas City,39.11,-94.63;Olathe,38.88,-94.82;Overland Park,38.98,-94.67;Topeka,39.06,-95.69;Wichita,37.69,-97.34',
  'KY:Lexington-Fayette,38.04,-84.50;Louisville,38.25,-85.76',
  'LA:Baton Rouge,30.46,-91.14;Lafayette,30.22,-92.02;New Orleans,29.95,-90.07;Shreveport,32.53,-93.75',
  'MA:Boston,42.36,-71.06;Lowell,42.63,-71.32;Springfield,42.10,-72.59;Worcester,42.26,-71.80',
  'MD:Baltimore,39.29,-76.61;Frederick,39.41,-77.41',
  'ME:Portland,43.66,-70.26',
  'MI:Ann Arbor,42.28,-83.74;Detroit,42.33,-83.05;Grand Rapids,42.96,-85.67;Lansing,42.73,-84.56;Sterling Heights,42.58,-83.03;Warren,42.51,-83.01',
  'MN:Minneapolis,44.98,-93.27;Rochester,44.01,-92.48;Saint Paul,44.95,-93.09;St. Paul,44.95,-93.09',
  'MO:Columbia,38.95,-92.33;Independence,39.09,-94.42;Kansas City,39.10,-94.58;Springfield,37.21,-93.29;St. Louis,38.63,-90.20',
  'MS:Gulfport,30.37,-89.09;Jackson,32.30,-90.18',
  'MT:Billings,45.78,-108.50;Missoula,46.88,-114.00',
  'NC:Cary,35.79,-78.78;Charlotte,35.23,-80.84;Durham,35.99,-78.90;Fayetteville,35.05,-78.88;Greensboro,36.07,-79.79;High Point,35.96,-80.01;Raleigh,35.78,-78.64;Wilmington,34.23,-77.94;Winston-Salem,36.10,-80.24',
  'ND:Bismarck,46.81,-100.78;Fargo,46.88,-96.79',
  'NE:Lincoln,40.83,-96.69;Omaha,41.25,-96.00',
  'NH:Manchester,43.00,-71.45;Nashua,42.77,-71.47',
  'NJ:Elizabeth,40.66,-74.21;Jersey City,40.73,-74.08;New Brunswick,40.49,-74.45;Newark,40.74,-74.17;Paterson,40.92,-74.17',
  'NM:Albuquerque,35.09,-106.61;Las Cruces,32.32,-106.76',
  'NV:Henderson,36.04,-114.98;Las Vegas,36.17,-115.14;North Las Vegas,36.20,-115.12;Reno,39.53,-119.81',
  'NY:Buffalo,42.89,-78.88;New York,40.71,-74.01;Rochester,43.16,-77.61;Syracuse,43.05,-76.15;Yonkers,40.93,-73.90',
  'OH:Akron,41.08,-81.52;Cincinnati,39.10,-84.51;Cleveland,41.50,-81.69;Columbus,39.96,-83.00;Dayton,39.76,-84.19;Toledo,41.66,-83.56',
  'OK:Norman,35.22,-97.44;Oklahoma City,35.47,-97.52;Tulsa,36.15,-95.99',
  'OR:Eugene,44.05,-123.09;Gresham,45.50,-122.43;Portland,45.52,-122.68;Salem,44.94,-123.04',
  'PA:Allentown,40.61,-75.49;Philadelphia,39.95,-75.17;Pittsburgh,40.44,-80.00',
  'PR:San Juan,18.47,-66.11',
  'RI:Providence,41.82,-71.41;Warwick,41.70,-71.42',
  'SC:Charleston,32.78,-79.93;Columbia,34.00,-81.03',
  'SD:Rapid City,44.08,-103.23;Sioux Falls,43.54,-96.73',
  'TN:Chattanooga,35.05,-85.31;Clarksville,36.53,-87.36;Knoxville,35.96,-83.92;Memphis,35.15,-90.05;Murfreesboro,35.85,-86.39;Nashville,36.16,-86.78',
  'TX:Abilene,32.45,-99.73;Amarillo,35.22,-101.83;Arlington,32.74,-97.11;Austin,30.27,-97.74;Beaumont,30.08,-94.13;Brownsville,25.90,-97.50;Carrollton,32.98,-96.89;Corpus Christi,27.80,-97.40;Dallas,32.78,-96.80;Del Rio,29.37,-100.89;Denton,33.21,-97.13;Eagle Pass,28.70,-100.48;El Paso,31.78,-106.44;Fort Worth,32.76,-97.33;Frisco,33.15,-96.82;Garland,32.91,-96.64;Grand Prairie,32.75,-97.00;Houston,29.76,-95.37;Irving,32.81,-96.95;Killeen,31.12,-97.73;Laredo,27.53,-99.48;Lubbock,33.58,-101.86;McAllen,26.20,-98.23;McKinney,33.20,-96.64;Mesquite,32.77,-96.60;Midland,32.00,-102.08;Odessa,31.85,-102.37;Pasadena,29.69,-95.21;Plano,33.02,-96.70;Presidio,29.56,-104.36;Round Rock,30.51,-97.68;San Antonio,29.42,-98.49;Waco,31.55,-97.15',
  'UT:Provo,40.23,-111.66;Salt Lake City,40.76,-111.89;West Jordan,40.61,-111.94;West Valley City,40.69,-112.00',
  'VA:Alexandria,38.80,-77.05;Chesapeake,36.77,-76.29;Hampton,37.03,-76.35;Newport News,37.09,-76.47;Norfolk,36.85,-76.29;Richmond,37.54,-77.44;Virginia Beach,36.85,-75.98',
  'VT:Burlington,44.48,-73.21',
  'WA:Bellevue,47.61,-122.20;Kent,47.38,-122.23;Seattle,47.61,-122.33;Spokane,47.66,-117.43;Tacoma,47.25,-122.44;Vancouver,45.64,-122.66',
  'WI:Madison,43.07,-89.40;Milwaukee,43.04,-87.91',
  'WV:Charleston,38.35,-81.63;Huntington,38.42,-82.45',
  'WY:Casper,42.87,-106.31;Cheyenne,41.14,-104.82',
];

/** A city under the name by which people choose it: `Houston, TX`. */
export type City = { readonly name: string; readonly latitude: number; readonly longitude: number };

export const cities = (): City[] =>
  list.flatMap((line) => {
    const [state = '', rest = ''] = line.split(':');
    return rest.split(';').map((each) => {
      const [name = '', latitude, longitude] = each.split(',');
      return { name: `${name}, ${state}`, latitude: Number(latitude), longitude: Number(longitude) };
    });
  });
