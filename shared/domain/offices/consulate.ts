/** A Mexican consular office in the USA, as the domain needs it; `shared/data` holds the whole record with sources. */
export type Consulate = {
  readonly id: string;
  readonly kind: 'consulate-general' | 'consulate' | 'embassy-section';
  readonly name: string;
  readonly city: string;
  readonly state: string;
  readonly latitude: number;
  readonly longitude: number;
  /** `city` is the point of the city: good for ranking by distance, never for directions. */
  readonly precision: 'address' | 'city';
  readonly website: string | null;
  readonly mainPhone: string | null;
  /** The phone people are given in an emergency: the office's own only if verified, else the ministry desk's. E.164. */
  readonly emergencyPhone: string;
  /** IANA time zone of the office. */
  readonly timeZone: string;
};

/** The ministry's national desk (CIAM), which owns alerts that no office can. */
export type MinistryDesk = { readonly id: 'ministry'; readonly name: string; readonly phone: string };

/**
 * Why an office was chosen: by Amazon Location, by our own distance over the same data, by the registered home
 * position, not at all (the ministry desk owns the alert), or never, as the person did not authorise it.
 */
export type Basis = 'location' | 'great-circle' | 'home' | 'ministry' | 'not-authorised';

/** The office of an alert as it was chosen and recorded. */
export type AssignedConsulate =
  | { readonly id: string; readonly distanceMeters: number; readonly basis: 'location' | 'great-circle' | 'home' }
  | { readonly id: 'ministry'; readonly distanceMeters: null; readonly basis: 'ministry' };
