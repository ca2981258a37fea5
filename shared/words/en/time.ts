import type { TimeWords } from '../local-time.ts';

export const time: TimeWords = {
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  shortMonths: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  clock: '12',
  longDate: '{month} {day}, {year}',
  shortDate: '{month} {day}',
  dateAndTime: '{date}, {time}',
  shortDateAndTime: '{date}, {time}',
  minutes: '{minutes} min',
  hours: '{hours} h {minutes} min',
  days: '{days} days',
  justNow: 'less than a minute ago',
  ago: '{duration} ago',
};
