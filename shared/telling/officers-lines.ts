import type { Position } from '../domain/position.ts';
import { officersWords } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';
import { oneLine } from '../words/one-line.ts';
import { mapUrl, writePoint } from '../words/place.ts';

const { where } = officersWords.officers.press;

/** A line with what people wrote, if they did. */
export const lineOf = (template: string, key: string, text: string | undefined): readonly string[] =>
  text === undefined ? [] : [fill(template, { [key]: oneLine(text) })];

/** Where a point is and how exactly, as lines of an email. */
export const placeLines = (position: Position): readonly string[] => {
  const { accuracyMeters } = position;
  return [
    fill(where.coordinates, writePoint(position)),
    accuracyMeters === undefined
      ? where.noAccuracy
      : fill(where.accuracy, { meters: String(Math.round(accuracyMeters)) }),
  ];
};

export const mapLine = (position: Position): string => fill(where.map, { url: mapUrl(position) });
