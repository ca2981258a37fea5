import type { Origin } from '../../domain/case/alert.ts';
import type { CaseEventOf, CaseEventType } from '../../domain/case/case-event.ts';
import type { EscalationReason, ForcedOccasion, HandOverEnding } from '../../domain/vocabulary.ts';

/** One thing that happened to a case, for officers: one line of each. Values: see the composer of the event. */
type UpdateForOfficers = {
  /** Follows the opening. */
  readonly subject: string;
  /** Follows the opening; the link follows it. */
  readonly sms: string;
  readonly heading: string;
  readonly lines: readonly string[];
  /** What is asked of them; a drill asks for something else. */
  readonly request: string;
};

const escalated = {
  'office-unreachable': {
    actual: 'ALERTA sin oficina que la reciba: {name} - {office} - {when}',
    drill: 'SIMULACRO, alerta sin oficina que la reciba: {name} - {office} - {when}',
    sms: 'Pasa a {office}: nadie la recibe en {tried}.',
    reason:
      'Esta alerta se envió antes a {tried}, y ahí nadie está suscrito para recibirla. Nadie ha confirmado todavía que la vio.',
    toOwner: 'Desde ahora la Cancillería está a cargo: ninguna oficina cercana la recibe.',
  },
  'not-acknowledged': {
    actual: 'ALERTA sin confirmar en {elapsed}: {name} - {office} - {when}',
    drill: 'SIMULACRO, alerta sin confirmar en {elapsed}: {name} - {office} - {when}',
    sms: 'Sin confirmar en {elapsed}: {tried}. Pasa a {office}. Confirme:',
    reason: 'Nadie ha confirmado esta alerta en {elapsed} desde que se recibió.',
    toOwner: 'Desde ahora la Cancillería está a cargo.',
  },
  'hand-over-unanswered': {
    actual: 'ENTREGA sin respuesta: {name} - {office} - {when}',
    drill: 'SIMULACRO, ENTREGA sin respuesta: {name} - {office} - {when}',
    sms: 'Entrega sin respuesta de {receiver}. Pasa a {office}.',
    reason: '{giver} entregó el caso a {receiver}, y en 30 minutos nadie ahí lo tomó.',
    toOwner: 'Desde ahora la Cancillería está a cargo.',
  },
} satisfies Record<EscalationReason, Readonly<Record<'actual' | 'drill' | 'sms' | 'reason' | 'toOwner', string>>>;

/** What duty officers are sent of all that follows a press. */
export const officersUpdates = {
  escalated,
  opening: {
    actual: { subject: 'Caso {name}:', sms: 'Caso {name}:' },
    drill: { subject: 'SIMULACRO, caso {name}:', sms: 'SIMULACRO, caso {name}:' },
    duress: { subject: 'BAJO COACCION, caso {name}:', sms: 'BAJO COACCIÓN, caso {name}:' },
    'missed-check-in': { subject: 'Caso {name} (sin su OK):', sms: 'Caso {name} (sin su OK):' },
    'said-taken': { subject: 'Caso {name}:', sms: 'Caso {name}:' },
    'duress-check-in': { subject: 'Caso {name} (NO llamarle):', sms: 'Caso {name} (NO llamarle):' },
    'duress-change': { subject: 'Caso {name} (NO llamarle):', sms: 'Caso {name} (NO llamarle):' },
    'duress-drill': { subject: 'Caso {name} (NO llamarle):', sms: 'Caso {name} (NO llamarle):' },
  } satisfies Record<'actual' | 'drill' | 'duress' | Origin['kind'], Readonly<Record<'subject' | 'sms', string>>>,
  /** After the name in a subject. */
  mark: {
    'missed-check-in': ' (sin su OK)',
    'said-taken': '',
    'duress-check-in': ' (NO llamarle)',
    'duress-change': ' (NO llamarle)',
    'duress-drill': ' (NO llamarle)',
  } satisfies Record<Origin['kind'], string>,
  drillRequest: 'Es un ensayo: comprueben que este mensaje llegó a quien está de guardia. No llamen a la familia.',
  why: {
    title: 'POR QUÉ LE LLEGA',
    told: 'Se avisó antes a:',
    toldLine: '- {office}: {time}, sin confirmar',
    more: '{offices} y {count} más',
    toOffice: 'Su oficina es la siguiente más cercana: desde ahora está a cargo.',
    toMinistry: 'Desde ahora está a cargo {office}.',
    toOthers: 'Desde ahora está a cargo {office}. Su oficina, que ya tiene esta alerta, también puede tomarla.',
    operator: 'Avisen a la oficina anterior por otro medio: no está recibiendo alertas.',
    acknowledge:
      'Confirmen en la página del caso que lo toman: mientras nadie lo haga, los avisos continúan. Después localicen a la persona y comuníquense con su familia, que ya sabe que se está avisando pero no que alguien haya respondido.',
    afterHandOver:
      'Tomen el caso en su página y sigan desde donde va. La familia sabe que ahora está a cargo la Cancillería; comuníquense con ella.',
    copy: 'La oficina a cargo recibe su propio aviso. Si no confirma pronto, llámenle.',
  },
  located: {
    heading: 'EL CASO PASA A SU OFICINA',
    position: 'Llegó una ubicación del teléfono: desde ahora su oficina está a cargo.',
    toNearest: { heading: 'HAY UNA ALERTA CERCA DE SU OFICINA', line: 'Llegó una ubicación del teléfono.' },
    previous: 'Antes estaba a cargo {previous}, que conserva el acceso para consulta.',
    subject: {
      actual: 'ALERTA que pasa a {office}: {name} - {when}',
      drill: 'SIMULACRO, alerta que pasa a {office}: {name} - {when}',
    },
    sms: 'Pasa a {office} por una ubicación nueva.',
    request: {
      raised:
        'Confirmen en la página del caso que lo toman y comuníquense con la familia, que sabe que su oficina está a cargo pero no que alguien ahí haya respondido.',
      taken:
        'El caso ya se había tomado: sigan desde donde va. La familia sabe que ahora su oficina está a cargo; comuníquense con ella.',
    },
  } satisfies Record<string, string | Record<string, string>>,
  /** To the office that a case is given to. */
  handOver: {
    heading: 'LE ENTREGAN ESTE CASO: TÓMELO',
    asked:
      '{by} les entrega el caso. Su oficina lo tiene cuando alguien ahí lo tome en su página; hasta entonces sigue a cargo quien lo entrega, y la familia no sabe de la entrega.',
    note: 'Nota de la entrega: {note}',
    subject: {
      actual: 'ENTREGA a {office}, TÓMELA: {name} - {when}',
      drill: 'SIMULACRO, ENTREGA a {office}: {name} - {when}',
    },
    sms: '{by} la entrega a {office}. Tómela.',
    request: {
      raised:
        'Tomen el caso en su página y comuníquense con la familia, que no sabe todavía de su oficina. Si nadie lo toma en 30 minutos, pasa a la Cancillería.',
      taken:
        'Tomen el caso en su página y sigan desde donde va. La familia sabe de ustedes cuando lo tomen. Si nadie lo toma en 30 minutos, pasa a la Cancillería.',
    },
  },
  /** How a hand-over ended: a sentence. */
  handOverEnded: {
    'taken-back': 'La oficina que lo entregaba lo conserva.',
    unreachable: 'En {receiver} nadie está suscrito para recibir avisos.',
    unanswered: 'Nadie en {receiver} lo tomó en 30 minutos.',
  } satisfies Record<HandOverEnding, string>,
  /** Where a case stands that was given to another office. */
  handOverWaits: 'Entrega en espera: {receiver} no la ha tomado.',
  events: {
    'alert.pressed-again.v1': {
      subject: 'ACTIVO OTRA VEZ su boton, {pressed} - {assigned}',
      sms: 'ACTIVÓ OTRA VEZ su botón, {pressed}. A cargo {assigned}. Anote qué se hizo:',
      heading: 'LA PERSONA ACTIVÓ OTRA VEZ SU BOTÓN',
      lines: ['Activó otra vez su botón: {longPressed}.', 'Es el mismo caso. A cargo: {assigned}.'],
      request:
        'Vean el caso ahora y anoten en su página qué se hizo. Mientras nadie anote nada, el caso cuenta como sin atender. La familia recibe el mismo aviso.',
    },
    'alert.silent.v1': {
      subject: 'sigue SIN ATENDER tras {elapsed}, a cargo {assigned}',
      sms: 'sigue SIN ATENDER tras {elapsed}. A cargo {assigned}. Tómelo:',
      heading: 'NADIE HA TOMADO EL CASO',
      lines: [
        'Nadie ha tomado este caso en {elapsed} desde que se recibió.',
        'Este aviso se repite para todas las oficinas avisadas hasta que alguien lo tome.',
      ],
      request:
        'Tómenlo en la página del caso y comuníquense con la familia, que sabe que nadie ha confirmado todavía. Puede tomarlo cualquiera de las oficinas avisadas.',
    },
    'alert.unattended.v1': {
      subject: 'SIN ANOTACIONES desde {since} - {assigned}',
      sms: 'SIN ANOTACIONES desde {since}. A cargo {assigned}. Anote qué se hizo:',
      heading: 'EL CASO ESTÁ SIN ATENCIÓN',
      lines: ['Ningún oficial ha anotado nada en este caso desde {longSince}.', 'A cargo: {assigned}.'],
      request:
        'Anoten en la página del caso qué se hizo y qué sigue. Si nadie puede atenderlo, entréguenlo a otra oficina.',
    },
    'alert.located.v1': {
      subject: 'ahora a cargo {assigned}',
      sms: 'ahora a cargo {assigned}, {at}. Antes: {previous}.',
      heading: 'EL CASO CAMBIÓ DE OFICINA',
      lines: ['Ahora está a cargo: {assigned}, {longAt}.', 'Antes: {previous}.', 'Motivo: {cause}.'],
      request: 'La oficina a cargo recibió el caso completo. La oficina anterior conserva el acceso para consulta.',
    },
    'alert.acknowledged.v1': {
      subject: '{officer} ({office}) ha tomado el caso, {at}',
      sms: '{officer} ({office}) ha tomado el caso, {at}. No llamen.',
      heading: 'CASO TOMADO',
      lines: ['{officer} ({office}) ha tomado el caso: {longAt}.', 'La alerta ya no pasa a otras oficinas.'],
      request:
        'No llamen a la familia: lo hace quien tomó el caso. Si tienen datos del caso, añádanlos como nota en su página.',
    },
    'alert.hand-over-asked.v1': {
      subject: 'entrega a {receiver}, {at}',
      sms: '{office} lo entrega a {receiver}, {at}. A cargo {assigned}.',
      heading: 'ENTREGA EN ESPERA',
      lines: [
        '{office} entrega el caso a {receiver}: {longAt}.',
        'Hasta que alguien ahí lo tome, sigue a cargo {assigned}.',
      ],
      request: 'Sigan a cargo. La entrega se puede retirar en la página del caso hasta que la tomen.',
    },
    'alert.hand-over-unanswered.v1': {
      subject: 'entrega SIN RESPUESTA de {receiver} en {elapsed}',
      sms: 'entrega SIN RESPUESTA de {receiver} en {elapsed}. A cargo {assigned}.',
      heading: 'NADIE HA TOMADO LA ENTREGA',
      lines: ['Nadie en {receiver} ha tomado el caso en {elapsed}.', 'Sigue a cargo {assigned}.'],
      request:
        'Quien lo recibe: tómelo en la página del caso. Quien lo entrega: llame a esa oficina, o retire la entrega. A los 15 minutos se avisa a la Cancillería, y a los 30 el caso es suyo.',
    },
    'alert.hand-over-ended.v1': {
      subject: 'terminó la entrega a {receiver}, {at}',
      sms: 'terminó la entrega a {receiver}. A cargo {assigned}.',
      heading: 'LA ENTREGA TERMINÓ',
      lines: ['Terminó la entrega a {receiver}: {longAt}.', '{why}', 'Está a cargo {assigned}.'],
      request: 'La oficina a cargo sigue con el caso.',
    },
    'alert.lapsed.v1': {
      subject: 'otra vez SIN ATENDER: visto {seen}',
      sms: 'otra vez SIN ATENDER; visto {seen}. A cargo {assigned}. Tómelo:',
      heading: 'EL CASO ESTÁ OTRA VEZ SIN ATENDER',
      lines: [
        'Alguien en {assigned} lo vio en la lista junto con otros ({longSeen}) y después nadie anotó nada.',
        'Los avisos empiezan otra vez, hasta que alguien lo tome.',
      ],
      request:
        'Tómenlo en la página del caso y comuníquense con la familia, que sabe que alguien lo vio y que nadie lo atiende. Puede tomarlo cualquiera de las oficinas avisadas.',
    },
    'alert.position-moved.v1': {
      subject: 'su telefono {move}, {measured}',
      sms: 'su teléfono {move}, {measured}.',
      heading: 'NUEVA UBICACIÓN DEL TELÉFONO',
      lines: ['Su teléfono {move}.', 'Medida: {longMeasured}, según el teléfono.', 'Recibida: {longAt}.'],
      request:
        'Si cambia dónde hay que buscar, busquen ahí. El recorrido está en la página del caso. El teléfono puede estar en manos de otra persona.',
    },
    'alert.state-changed.v1': {
      subject: '{state} - {office}, {at}',
      sms: '{state}, informa {office}, {at}.',
      heading: 'CAMBIO DE ESTADO',
      lines: ['Estado: {state} (antes: {from}).', 'Lo informa {signed}: {longAt}.'],
      request: 'Para su conocimiento. La familia recibe el mismo aviso.',
    },
    'alert.representative-assigned.v1': {
      subject: 'representante legal {source}, {at}',
      sms: '{representative} {phone}, representante legal {source}.',
      heading: 'REPRESENTANTE LEGAL',
      lines: ['Nombre: {representative}', 'Teléfono: {phone}', '{how}: {longAt}, {elapsed} después de la alerta.'],
      request: 'Para su conocimiento. La familia recibe el nombre y el teléfono.',
    },
    'representative.unanswered.v1': {
      subject: 'ningun representante lo ha tomado, {at}',
      sms: 'NINGUN representante legal ha tomado el caso: llame usted por teléfono.',
      heading: 'NINGÚN REPRESENTANTE LEGAL HA TOMADO EL CASO',
      lines: [
        'Se busca desde {longSince}. Preguntados: {asked}.',
        'Nadie más de la lista puede tomarlo ahora, o varios no contestaron.',
      ],
      request:
        'Llame usted por teléfono a un representante y asígnelo en la página del caso, u ofrézcalo otra vez. Quien fue preguntado todavía puede aceptar.',
    },
    'representative.done.v1': {
      subject: 'el representante legal termino su parte, {at}',
      sms: '{representative}, representante legal, terminó su parte.',
      heading: 'EL REPRESENTANTE LEGAL TERMINÓ SU PARTE',
      lines: ['Lo dice {representative}: {longAt}.'],
      request: 'Vea en la página del caso lo que escribió, y si el caso se puede cerrar.',
    },
    'alert.family-unreachable.v1': {
      subject: 'su familia no recibe los mensajes, {at}',
      sms: 'su familia NO recibe nuestros mensajes: hay que llamarle.',
      heading: 'LA FAMILIA NO RECIBE LOS MENSAJES',
      lines: [
        'No se pudo avisar a nadie de la familia: ninguno de sus contactos recibe nuestros mensajes ({longAt}).',
        'Si nadie les llama, no sabrán que se activó la alerta.',
      ],
      request:
        'Acuerden con la oficina a cargo quién llama a la familia. También cada novedad habrá que decírsela por teléfono.',
    },
    'alert.cancelled.v1': {
      subject: 'alerta cancelada con PIN, {at}',
      sms: 'alerta cancelada con su PIN, {at}.',
      heading: 'ALERTA CANCELADA',
      lines: [
        'La persona canceló la alerta con su PIN: {longAt}.',
        'No es el PIN de coacción. El caso queda cerrado y se puede reabrir en su página.',
      ],
      request: 'No hace falta que hagan nada más. Si tienen razones para dudarlo, llamen a la persona o a su familia.',
    },
    'alert.closed.v1': {
      subject: 'cerrado ({disposition}) - {office}, {at}',
      sms: 'cerrado por {office}, {at}: {disposition}. Reabrir:',
      heading: 'CASO CERRADO',
      lines: ['Motivo: {disposition}.', 'Lo cerró {signed}: {longAt}.'],
      request: 'Si no es así, reabran el caso en su página.',
    },
    'alert.reopened.v1': {
      subject: 'reabierto por {office}, {at}',
      sms: 'reabierto por {office}, {at}.',
      heading: 'CASO REABIERTO',
      lines: ['Lo reabrió {signed}: {longAt}.', 'El caso está otra vez abierto y a cargo de {assigned}.'],
      request: 'Si está a cargo su oficina, comuníquense con la familia, que ya sabe que se reabrió.',
    },
  } satisfies Partial<Record<CaseEventType, UpdateForOfficers>>,
  /** An acknowledgement that says no more than that somebody saw the case. */
  seen: {
    subject: '{officer} ({office}) lo vio, {at}',
    sms: '{officer} ({office}) lo vio, {at}; nadie lo atiende aún.',
    heading: 'CASO VISTO',
    lines: [
      '{officer} ({office}) vio el caso junto con otros: {longAt}.',
      'Si nadie anota nada en media hora, vuelve a estar sin atender y los avisos empiezan otra vez.',
    ],
    request:
      'No llamen a la familia sin tomar antes el caso. Si pueden atenderlo, tómenlo en su página: nadie lo atiende todavía.',
  } satisfies UpdateForOfficers,
  duress: {
    subject: 'BAJO COACCION, sigue abierta: {name} - {office} - {at}',
    drillSubject: 'SIMULACRO, BAJO COACCION: {name} - {office} - {at}',
    sms: 'BAJO COACCIÓN cancelaron la alerta de {name}, {at}. SIGUE ABIERTA. La familia cree que se canceló: NO llame ni escriba; solo a su contacto de confianza.',
    drillSms: 'SIMULACRO, BAJO COACCIÓN: cancelaron la alerta de {name}, {at}. Sigue abierta.',
    heading: 'CANCELADA BAJO COACCIÓN: EL CASO SIGUE ABIERTO',
    lines: [
      'Con el PIN de coacción cancelaron la alerta: {longAt}. Quien la canceló, o quien le obliga, ve en el teléfono que se canceló.',
      'A la familia también se le escribió que se canceló, porque alguien puede estar leyendo con ella. NO ES VERDAD: el caso sigue abierto.',
      'Este aviso va a la Cancillería, a las oficinas que ya tenían el caso y a la siguiente más cercana.',
      'Ya no se manda a la familia ningún otro mensaje de este caso, y su página muestra la alerta como cancelada.',
    ],
    request: [
      '{trusted}',
      'No llamen al teléfono de la persona ni le escriban: puede tenerlo quien le obliga.',
      'Si nadie ha tomado el caso, tómenlo en su página. Sigan buscando a la persona.',
    ],
    /** Asked for in later messages of such a case, instead of what would be asked: the family knows nothing of them. */
    laterRequest:
      'La familia NO recibe este aviso. No le llamen ni escriban: si hay que hablar con alguien, solo con su contacto de confianza, a solas.',
    /** In every later message of such a case. */
    reminder:
      'CANCELADA BAJO COACCIÓN: el teléfono y la familia ven la alerta como cancelada. Llamen solo a su contacto de confianza; no escriban a nadie.',
  },
  /** The duress PIN was typed elsewhere than at the alert. */
  forced: {
    subject: 'BAJO COACCION: {name} - {office} - {at}',
    drillSubject: 'SIMULACRO, BAJO COACCION: {name} - {office} - {at}',
    drillSms: 'SIMULACRO, BAJO COACCIÓN: {name} {what}, {at}.',
    sms: 'BAJO COACCIÓN: {name} {what}, {at}. NO llame ni escriba a su teléfono ni a la familia; solo a su contacto de confianza.',
    heading: 'SEÑAL DE COACCIÓN',
    lines: [
      '{longWhat}: {longAt}. Quien le obliga no sabe de este aviso, y ningún teléfono lo muestra.',
      'LA FAMILIA NO RECIBE ESTE AVISO: alguien puede estar leyendo con ella.',
    ],
    what: {
      contacts: 'cambió sus contactos',
      devices: 'cambió sus teléfonos',
      erase: 'borró su botón',
      settings: 'cambió sus ajustes',
      recover: 'recuperó su botón',
      'revoked-phone': 'activó un teléfono dado de baja',
      'lost-phone': 'activó un teléfono perdido',
    } satisfies Record<ForcedOccasion, string>,
    longWhat: {
      contacts: 'Con el PIN de coacción pidieron un cambio en sus contactos',
      devices: 'Con el PIN de coacción pidieron un cambio en sus teléfonos',
      erase: 'Con el PIN de coacción pidieron borrar su botón',
      settings: 'Con el PIN de coacción pidieron un cambio en sus ajustes',
      recover: 'Con el PIN de coacción recuperaron su botón en otro teléfono',
      'revoked-phone': 'Se activó el botón en un teléfono que se había dado de baja con el PIN de coacción',
      'lost-phone':
        'Se activó el botón en un teléfono que la persona había dado por perdido: quizá está en otras manos',
    } satisfies Record<ForcedOccasion, string>,
    request: ['{trusted}', 'Si nadie ha tomado el caso, tómenlo en su página. Localicen a la persona.'],
  },
  /** How somebody came to be the legal representative. */
  representative: {
    named: { source: 'asignado por {office}', how: 'Asignó {signed}' },
    accepted: { source: 'que acepto el caso', how: 'Aceptó el caso que se le ofreció' },
  },
  /** Whom officers may call while the person is forced. */
  trusted: {
    someone:
      'Llamen solo a {trusted}, su contacto de confianza ({endpoint}), a solas: «Le llamo por un trámite, ¿puede hablar a solas?». No dejen recado, y no llamen ni escriban a nadie más de la familia.',
    nobody: 'No hay contacto de confianza: no llamen ni escriban a nadie de la familia.',
  },
  /** Of a further press. */
  again: { battery: 'Batería del teléfono: {battery} %', note: 'Nota de la persona: {note}' },
  move: { moved: 'se movió {distance}', first: 'dio una primera ubicación', late: '{measured} (llega {received})' },
  familyUnreached: {
    contacts: 'Contactos:',
    /** In every later message while this lasts, as those say that the family knows. */
    reminder:
      'A LA FAMILIA NO LE LLEGA NINGÚN MENSAJE, aunque aquí se diga que se le avisó: sabe lo que se le diga por teléfono.',
  },
  cause: { position: 'llegó una ubicación', 'hand-over': 'una persona ahí tomó la entrega' } satisfies Record<
    CaseEventOf<'alert.located.v1'>['cause'],
    string
  >,
  noPrevious: 'ninguna oficina',
  headline: { actual: '{heading}: {name} ({office})', drill: 'SIMULACRO, {heading}: {name} ({office})' },
  note: 'Nota: {note}',
  /** Of a state that it was before. */
  corrected: '{state}, lugar corregido',
  person: 'Persona: {name}',
  press: 'Alerta recibida: {time}',
  inCharge: 'A cargo: {assigned}',
  /** Values: as in the press's. */
  twoOffices: 'Circunscripción: {responsible}, según {source} ({asOf}). Más cercana: {nearest}.',
  /** What an office that is new to the case has to know beside the press. */
  soFar: {
    title: 'LO QUE SE SABE DEL CASO',
    taken: 'Lo tiene: {officer}; se tomó {time}',
    somebody: 'un oficial',
    state: 'Estado: {state}',
    facility: 'Lugar: {facility}',
    representative: 'Representante legal: {name}, {phone}',
    told: 'Oficinas avisadas: {offices}',
    page: 'Todo lo que ha pasado está en la página del caso.',
  },
};
