import type { Origin } from '../../domain/case/alert.ts';
import type { Basis } from '../../domain/offices/consulate.ts';

/** What differs between an alert and a drill for officers. */
type OfficersOpening = {
  /** `{name}`, `{office}`, `{when}`. */
  readonly subject: string;
  /** `{name}`, `{when}`. */
  readonly sms: string;
  readonly heading: string;
  readonly event: string;
  /** `{name}`, `{office}`. */
  readonly headline: string;
};

/** An alert that nobody pressed. All of it may hold `{promised}`. */
type OfficersOrigin = OfficersOpening & {
  /** To read out to US authorities. */
  readonly english: string;
  readonly lines: readonly string[];
  /** Before later messages about the case. */
  readonly notice: string;
  readonly request: string;
};

const signalOfDuress = {
  subject: 'ALERTA: senal de coaccion de {name}, NO llamarle - {office} - {when}',
  heading: 'ALERTA: SEÑAL DE COACCIÓN. NO LLAMEN NI ESCRIBAN AL TELÉFONO DE LA PERSONA',
  event: 'Posible detención',
  headline: 'ALERTA: señal de coacción de {name} ({office})',
  // What is read out may reach whoever forces the person: nothing of the signal.
  english:
    'In English: the person named below may be detained. They have requested and authorized consular notification and assistance (Vienna Convention on Consular Relations, art. 36(1)(b)).',
} as const;

/** What duty officers are sent of a press: their language, and one line of English to read out to US authorities. */
export const officersPress = {
  someone: 'una persona',
  actual: {
    subject: 'ALERTA: posible detencion de {name} - {office} - {when}',
    sms: 'ALERTA: posible detención de {name}, {when}.',
    heading: 'ALERTA: POSIBLE DETENCIÓN',
    event: 'Posible detención',
    headline: 'ALERTA: posible detención de {name} ({office})',
  } satisfies OfficersOpening,
  drill: {
    subject: 'SIMULACRO: posible detencion de {name} - {office} - {when}',
    sms: 'SIMULACRO, no es real: posible detención de {name}, {when}.',
    heading: 'SIMULACRO: ES UN ENSAYO, NO HAY NINGUNA DETENCIÓN',
    event: 'Posible detención',
    headline: 'SIMULACRO: posible detención de {name} ({office})',
  } satisfies OfficersOpening,
  origins: {
    'missed-check-in': {
      subject: 'ALERTA: no llego el OK de {name} - {office} - {promised}',
      sms: 'ALERTA: {name} no dijo que está bien, prometido para {promised}. Nadie activó el botón.',
      heading: 'ALERTA: NO LLEGÓ EL OK PROMETIDO',
      event: 'Posible detención',
      headline: 'ALERTA: no llegó el OK prometido de {name} ({office})',
      english:
        'In English: the person named below did not check in as they had promised and may be detained. They have requested and authorized consular notification and assistance (Vienna Convention on Consular Relations, art. 36(1)(b)).',
      lines: [
        'Nadie activó el botón. La persona prometió decir que está bien a más tardar: {promised}. No lo ha dicho.',
        'Muchas personas hacen esta promesa antes de una cita migratoria. También puede ser un olvido o un teléfono sin batería.',
      ],
      notice: 'Nadie activó el botón: no llegó el OK que la persona prometió para {promised}.',
      request:
        'Pregunten a la familia si la persona está bien; si no lo sabe, localícenla. La familia no sabe todavía si alguien leyó esta alerta.',
    },
    'said-taken': {
      subject: 'ALERTA: se llevaron a {name}, lo avisa un contacto - {office} - {when}',
      sms: 'ALERTA: un contacto avisó que se llevaron a {name}, {when}. Nadie activó el botón.',
      heading: 'ALERTA: UN CONTACTO AVISÓ QUE SE LLEVARON A LA PERSONA',
      event: 'Posible detención',
      headline: 'ALERTA: un contacto avisó que se llevaron a {name} ({office})',
      english:
        'In English: the person named below may be detained. They have requested and authorized consular notification and assistance (Vienna Convention on Consular Relations, art. 36(1)(b)).',
      lines: [
        'Nadie activó el botón. Lo avisó el contacto de confianza de la persona: {promised}. Puede que le quitaran el teléfono antes.',
        'La familia recibe el aviso, y no sabe que ese contacto es el de confianza.',
      ],
      notice: 'Nadie activó el botón: un contacto avisó que se llevaron a la persona.',
      request:
        'Llamen primero a quien avisó: qué vio, dónde y a qué hora. Localicen a la persona. La familia no sabe todavía si alguien leyó esta alerta.',
    },
    'duress-check-in': {
      ...signalOfDuress,
      sms: 'ALERTA: señal de coacción de {name}, {when}. NO llamen ni escriban a su teléfono.',
      lines: [
        'Nadie activó el botón. La persona había prometido decir que está bien a más tardar: {promised}. Al decirlo dio el PIN de coacción: alguien le obliga.',
        'Su teléfono muestra que dijo que está bien y no muestra esta alerta. Quien lo tenga no debe saber de ella.',
        'LA FAMILIA NO RECIBE ESTE AVISO: alguien puede estar leyendo con ella.',
      ],
      notice:
        'SEÑAL DE COACCIÓN: NO LLAMEN NI ESCRIBAN AL TELÉFONO DE LA PERSONA. La familia no recibe estos avisos; no le escriban.',
      request: 'Localicen a la persona. {trusted}',
    },
    'duress-change': {
      ...signalOfDuress,
      sms: 'ALERTA: señal de coacción de {name} al cambiar ajustes, {when}. NO llamen ni escriban a su teléfono.',
      lines: [
        'Nadie activó el botón. Al cambiar ajustes, contactos o teléfonos ({promised}) alguien dio el PIN de coacción: quizá le obligan a quedarse sin ayuda.',
        'Su teléfono y los contactos ven el cambio como hecho. No muestra esta alerta, y quien lo tenga no debe saber de ella.',
        'LA FAMILIA NO RECIBE ESTE AVISO: alguien puede estar leyendo con ella.',
      ],
      notice:
        'SEÑAL DE COACCIÓN AL CAMBIAR AJUSTES: NO LLAMEN NI ESCRIBAN AL TELÉFONO DE LA PERSONA. La familia no recibe estos avisos; no le escriban.',
      request: 'Localicen a la persona. {trusted}',
    },
    'duress-drill': {
      ...signalOfDuress,
      sms: 'ALERTA: señal de coacción de {name} en un simulacro, {when}. NO llamen ni escriban a su teléfono.',
      lines: [
        'Nadie activó el botón. En un simulacro ({promised}) alguien dio el PIN de coacción. Puede ser real: nadie ensaya que le obliguen.',
        'Su teléfono muestra un simulacro cancelado y no muestra esta alerta. Quien lo tenga no debe saber de ella.',
        'LA FAMILIA NO RECIBE ESTE AVISO: alguien puede estar leyendo con ella.',
      ],
      notice:
        'SEÑAL DE COACCIÓN EN UN SIMULACRO: NO LLAMEN NI ESCRIBAN AL TELÉFONO DE LA PERSONA. La familia no recibe estos avisos; no le escriban.',
      request: 'Localicen a la persona. {trusted}',
    },
  } satisfies Record<Origin['kind'], OfficersOrigin>,
  origin: { title: 'QUÉ PASÓ', label: 'Lo que se anotó: {label}' },
  sms: {
    consent: 'Pidió aviso consular.',
    office: '{office}, {distance}.',
    officeWithoutDistance: '{office}.',
    personPhone: 'Su tel.: {phone}.',
    contact: 'Familia: {name} {phone}.',
    late: '{pressed}, recibida {received}',
    unknown: 'recibida {received}, no se sabe cuándo se activó',
  },
  english: {
    actual:
      'In English: the person named below pressed the Alert Button and may be detained. They have requested and authorized consular notification and assistance (Vienna Convention on Consular Relations, art. 36(1)(b)).',
    drill: 'In English: this is a drill. Nobody is detained.',
  },
  person: {
    title: 'PERSONA',
    name: 'Nombre: {name}',
    phone: 'Teléfono: {phone} (después de la alerta puede estar en manos de otros)',
    phoneToAvoid: 'Teléfono: {phone} (NO LLAMAR NI ESCRIBIR: puede tenerlo quien le obliga)',
    noPhone: 'Teléfono: no registrado',
    /** `{language}`: its name. */
    language: 'Idioma: {language}',
    battery: 'Batería del teléfono: {battery} %',
    note: 'Nota que escribió: {note}',
  },
  when: {
    title: 'CUÁNDO',
    pressed: 'Activada: {time} ({utc} UTC)',
    atOnce: 'Activada y recibida: {time} ({utc} UTC)',
    byItself: 'La alerta salió: {time} ({utc} UTC)',
    received: 'Recibida: {time} ({utc} UTC)',
    late: 'La alerta tardó {duration} en llegar.',
    unknown: 'Activada: no se sabe a qué hora. El teléfono dio una hora que no se pudo leer.',
  },
  where: {
    title: 'DÓNDE',
    coordinates: 'Coordenadas (WGS 84): {latitude}, {longitude}',
    accuracy: 'Precisión: {meters} m',
    noAccuracy: 'Precisión: el teléfono no la dijo',
    measured: 'Medida: {time} ({duration} antes de recibirse la alerta)',
    measuredUnclear: 'Medida: {time} (según el reloj del teléfono)',
    notMeasured: 'Medida: el teléfono no dijo cuándo',
    map: 'Mapa: {url}',
    home: 'Domicilio registrado, no es donde está la persona (WGS 84): {latitude}, {longitude}',
  },
  office: {
    title: 'OFICINA A CARGO',
    basis: {
      location: 'Cómo se eligió: la más cercana al teléfono (Amazon Location), a {distance}.',
      'great-circle':
        'Cómo se eligió: la más cercana al teléfono (distancia en línea recta calculada aquí), a {distance}.',
      home: 'Cómo se eligió: la más cercana al domicilio registrado, a {distance}.',
      district: 'Cómo se eligió: el lugar es de su circunscripción, a {distance}.',
      ministry: 'Cómo se eligió: sin ubicación ni domicilio, el caso queda a cargo de la Cancillería.',
      'hand-over': 'Cómo se eligió: otra oficina le entregó el caso.',
    } satisfies Record<Exclude<Basis, 'not-authorised'> | 'hand-over', string>,
    afterOthers: 'Cómo se eligió: ninguna oficina cercana ha respondido, el caso queda a cargo de la Cancillería.',
    nextAfterOthers: 'Cómo se eligió: la siguiente más cercana, porque antes nadie ha respondido, a {distance}.',
    phoneGiven: 'Teléfono que se dio a la familia: {phone}',
  },
  /**
   * Another office than the nearest is responsible for the place. `{responsible}`, `{nearest}`, its `{distance}`; the
   * `{source}` of the district and its date `{asOf}`.
   */
  twoOffices: {
    undated: 'sin fecha',
    lines: [
      'Circunscripción: {responsible}, según {source} ({asOf}).',
      'Más cercana: {nearest}, a {distance}. También se le avisó.',
    ],
    responsible:
      'ES DE SU CIRCUNSCRIPCIÓN, según {source} ({asOf}): tomen el caso y llamen a la familia. {nearest} está más cerca y también recibe este aviso; a quien no lo tome se le dice enseguida que no llame.',
    nearest:
      'ES DE LA CIRCUNSCRIPCIÓN DE {responsible}, según {source} ({asOf}), y ahí está a cargo. Ustedes están más cerca: si en 5 minutos nadie lo ha tomado, tómenlo y llamen a la familia.',
    smsNamed: '{responsible} por circunscripción; más cerca {nearest}.',
    smsNearest: 'Es de {responsible}; ustedes más cerca: si en 5 min nadie lo toma, tómenlo.',
    link: 'SI EN 5 MINUTOS NADIE LO HA TOMADO, TÓMELO AQUÍ: {link}',
  },
  consent: {
    title: 'AUTORIZACIÓN CONSULAR',
    text: 'La persona solicitó y autorizó la notificación y la protección consular al registrarse: Convención de Viena sobre Relaciones Consulares, artículo 36, párrafo 1, inciso b) [art. 36(1)(b)].',
    version: 'Texto aceptado: versión {version}, {time} ({utc} UTC)',
  },
  contacts: { title: 'FAMILIA Y CONTACTOS', line: '{name}: {endpoint}' },
  request: {
    title: 'QUÉ SE PIDE',
    actual:
      'Localicen a la persona y comuníquense con su familia. La familia no sabe todavía si alguien leyó esta alerta.',
    drill:
      'Tomen el caso en su página, como si fuera real: así se sabe que el aviso llegó a quien está de guardia. No llamen a nadie.',
    take: 'Confirmen en la página del caso que lo toman: mientras nadie lo haga, los avisos continúan.',
    copy: 'Este mensaje es la copia de la Cancillería; a la oficina a cargo se le está avisando por separado.',
  },
  /** Begins each mail about a case. `{link}`. */
  link: {
    take: 'TOME EL CASO AQUÍ: {link}',
    open: 'Página del caso: {link}',
    drill: 'SIMULACRO. Página del caso: {link}',
    takeDrill: 'SIMULACRO. TOME EL CASO AQUÍ: {link}',
  },
  /** The person's earlier case goes on in secret. `{folio}`: that case's. */
  earlier: {
    subject: 'OTRA VEZ, caso anterior BAJO COACCION: {name} - {office} - {when}',
    sms: 'ALERTA OTRA VEZ: posible detención de {name}, {when}. Caso anterior {folio} BAJO COACCIÓN.',
    lines: [
      'OTRA VEZ: UN CASO ANTERIOR SIGUE ABIERTO BAJO COACCIÓN',
      'La misma persona ya había activado su botón: folio {folio}. Ese caso se canceló con el PIN de coacción y sigue abierto.',
      'El teléfono y la familia ven cancelado el caso anterior, y este como el primero. No les escriban de aquel caso.',
    ],
  },
  /** Others pressed near it at that time: which alert it is there. `{town}` near it; the second, the third, then `{nth}`. */
  nearby: {
    subject: 'ALERTA: posible detencion de {name} - {nearby} - {when}',
    ordinals: ['segunda alerta cerca de {town}', 'tercera alerta cerca de {town}'],
    other: '{nth}a alerta cerca de {town}',
  },
  /** A message by which the operator tries whether an office hears. There is no press behind it. */
  test: {
    /** In documents for machines, whose schema asks for a person. */
    person: 'Persona ficticia',
    note: 'Prueba del operador: no hay persona, familia ni caso.',
    subject: 'SIMULACRO: prueba de mensajes para {office} - {when}',
    sms: 'SIMULACRO, no es real: prueba de mensajes para {office}, {when}. No hay ningún caso.',
    title: 'PRUEBA DE MENSAJES',
    sent: 'El operador del Botón de Alerta envió esta prueba a {office} el {time} ({utc} UTC).',
    nobody:
      'No hay persona, familia ni caso. Las alertas reales llegan a esta misma dirección y su asunto empieza por ALERTA.',
    request:
      'Comprueben que este mensaje llegó a quien está de guardia y avísenlo al operador. No respondan a este correo: nadie lo lee.',
    reference: 'Prueba {testId}',
  },
  /** A drill that the operator raises for one office. */
  drillOfOffice: {
    note: 'Simulacro que pidió el operador: no hay persona ni familia.',
  },
  folio: 'Folio {folio}.',
  reference: 'Folio {folio}\nFamilia {familyId}\nAlerta {alertId}',
};
