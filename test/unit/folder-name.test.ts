import { expect, test } from 'vitest';
import { folderNameOf } from '../../infra/local/folder-name.ts';

test('a function is known by its folder, wherever its construct stands', () => {
  const folders = ['raise-alert', 'watchman', 'seed-geofences'];
  expect(folderNameOf('RaiseAlertFunctionB15C4361', folders)).toBe('raise-alert');
  expect(folderNameOf('SafetyWatchmanFunction95302600', folders)).toBe('watchman');
  expect(folderNameOf('GeosearchSeedGeofencesFunction7DC75129', folders)).toBe('seed-geofences');
  expect(folderNameOf('OtherThing', folders)).toBe('other-thing');
});
