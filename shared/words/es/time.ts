import type { TimeWords } from '../local-time.ts';

export const time: TimeWords = {
  months: [
    'enero',
    'febrero',
    'marzo',
    'abril',
    'mayo',
    'junio',
    'julio',
    'agosto',
    'septiembre',
    'octubre',
    'noviembre',
    'diciembre',
  ],
  shortMonths: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'],
  clock: '24',
  longDate: '{day} de {month} de {year}',
  shortDate: '{day} {month}',
  dateAndTime: '{date}, {time}',
  shortDateAndTime: '{date} {time}',
  minutes: '{minutes} min',
  hours: '{hours} h {minutes} min',
  days: '{days} días',
  justNow: 'hace menos de un minuto',
  ago: 'hace {duration}',
};
