/** La página de números de una oficina. */
export const numbers = {
  /** En la página de los casos abiertos. */
  link: 'Números',
  title: 'Números',
  /** `{since}`, `{until}`: fechas. */
  intro: 'Casos del {since} al {until}, sin simulacros. Cada día es el del reloj de la oficina.',
  none: 'Ningún caso llegó en estos días.',
  csv: 'Descargar estos números (CSV)',
  /** La fila que reúne todos los casos. */
  all: 'Todas las oficinas',
  chart: {
    title: 'Qué tan pronto se tomaron',
    /** `{minutes}`. */
    within: 'Tomados en {minutes} min',
    untaken: 'Nadie los ha tomado',
    closedUntaken: 'Cerrados sin que nadie los tomara',
    /** `{count}`, `{total}`, `{percent}`. */
    value: '{count} de {total} ({percent} %)',
  },
  table: {
    title: 'Día por día',
    day: 'Día',
    office: 'Oficina',
    pressed: 'Casos',
    taken: 'Tomados',
    takenHere: 'Por esta oficina',
    untaken: 'Sin tomar',
    closedUntaken: 'Cerrados sin tomar',
    untilTaken: 'Hasta que se tomó',
    untilRepresentative: 'Hasta tener abogado',
    untilOffered: 'Hasta ofrecerlo a un abogado de la lista',
    untilAccepted: 'Hasta que uno de la lista aceptó',
    untilContacted: 'Hasta el primer contacto del abogado',
    unansweredOffers: 'Preguntados sin respuesta',
    ended: 'Cómo terminaron',
  },
  /** `{half}`, `{nine}`: lo que esperaron como mucho la mitad, y nueve de cada diez. */
  spread: 'la mitad: {half}; 9 de 10: {nine}',
  /** `{seconds}`. */
  seconds: '{seconds} s',
};
