import type { CaseWords } from '../case-words.ts';

export const caseWords: CaseWords = {
  product: 'Botón de Alerta',
  flaws: {
    'coordinate-missing': 'NO CONFIABLE: al punto le falta una coordenada.',
    inaccurate: 'NO CONFIABLE: el teléfono mismo no la da por buena, o solo conoce la región.',
    old: 'NO CONFIABLE: se midió mucho antes de la alerta.',
    far: 'NO CONFIABLE: está lejos de todo consulado.',
  },
  states: {
    raised: { name: 'Sin atender', known: 'Todavía no se sabe nada más.' },
    acknowledged: { name: 'En atención', known: 'Una persona del gobierno de México tiene el caso.' },
    locating: {
      name: 'En búsqueda',
      known: 'Están buscando a {name}.',
      told: {
        subject: '{office} busca el lugar donde esta',
        sms: '{office} busca el lugar donde está, {at}.',
        email: 'SE BUSCA DÓNDE ESTÁ\nSe está buscando el lugar donde está {name}. Lo informa {office}: {at}.',
      },
    },
    located: {
      name: 'Localización confirmada',
      known: 'Confirmaron dónde está {name}.',
      told: {
        subject: '{office} ya sabe donde esta',
        sms: '{office} ya sabe dónde está{where}, {at}.',
        email: 'YA SE SABE DÓNDE ESTÁ\nYa se sabe en qué lugar está {name}. Lo informa {office}: {at}.',
      },
    },
    'in-contact': {
      name: 'En contacto',
      known: 'Ya hablaron con {name}.',
      told: {
        subject: 'ya hay contacto con {office}',
        sms: 'ya está en contacto con {office}, {at}.{place}',
        email: 'YA HAY CONTACTO\n{name} ya está en contacto con {office}: {at}.',
      },
    },
    transferred: {
      name: 'Traslado a otro lugar',
      known: 'Se llevaron a {name} a otro lugar.',
      told: {
        subject: 'hubo un traslado a otro lugar',
        sms: 'traslado a otro lugar{where}, según {office}, {at}.',
        email: 'HUBO UN TRASLADO\nTrasladaron a {name} a otro lugar. Lo informa {office}: {at}.',
      },
    },
    closed: { name: 'Caso cerrado', known: 'El caso está cerrado.' },
  },
  seen: {
    name: 'Vista, sin atender',
    known: 'Una persona del gobierno de México vio la alerta; todavía nadie la atiende.',
  },
  dispositions: {
    cancelled: {
      name: 'Cancelada',
      told: {
        subject: 'la alerta se cancelo, segun {shortOffice}',
        sms: 'alerta cancelada, según {office}. Caso cerrado, {at}.',
        email: 'EL CASO SE CERRÓ\nLa alerta de {name} se canceló, según {office}, que cerró el caso: {at}.',
      },
    },
    safe: {
      name: 'A salvo',
      told: {
        subject: 'esta a salvo, segun {shortOffice}',
        sms: 'está a salvo, según {office}. Caso cerrado, {at}.',
        email: 'EL CASO SE CERRÓ\n{name} está a salvo, según {office}, que cerró el caso: {at}.',
      },
    },
    'false-alarm': {
      name: 'Falsa alarma',
      told: {
        subject: 'fue una falsa alarma, segun {shortOffice}',
        sms: 'fue falsa alarma, según {office}. Caso cerrado, {at}.',
        email: 'EL CASO SE CERRÓ\nLa alerta de {name} fue una falsa alarma, según {office}, que cerró el caso: {at}.',
      },
    },
    released: {
      name: 'En libertad',
      told: {
        subject: 'salio en libertad, segun {shortOffice}',
        sms: 'salió en libertad{from}, según {office}, {at}.',
        email: 'EL CASO SE CERRÓ\n{name} salió en libertad{from}, según {office}, que cerró el caso: {at}.',
      },
    },
    repatriated: {
      name: 'Repatriación',
      told: {
        subject: 'repatriacion a Mexico, segun {shortOffice}',
        sms: 'repatriación a México, según {office}, {at}.',
        email: 'EL CASO SE CERRÓ\nRepatriaron a {name} a México, según {office}, que cerró el caso: {at}.',
      },
    },
    drill: {
      name: 'Simulacro',
      told: {
        subject: 'fue un simulacro, segun {shortOffice}',
        sms: 'fue un simulacro, según {office}. Caso cerrado, {at}.',
        email:
          'EL CASO SE CERRÓ\nLa alerta de {name} fue un simulacro, según {office}, que cerró el caso: {at}. Gracias por participar.',
      },
    },
    other: {
      name: 'Otro motivo',
      told: {
        subject: 'novedades de su caso; llame al consulado',
        sms: 'novedades de su caso, {at}; las tiene {office}.',
        email:
          'NOVEDADES DEL CASO\nHay novedades del caso de {name}. Las tiene {office}, que cerró el caso: {at}. Llame al {phone}.',
      },
    },
  },
  statuses: {
    pending: 'en camino, sin confirmar',
    sent: 'enviado',
    unreachable: 'NO SE PUDO ENTREGAR',
  },
  ministry: 'Cancillería',
  by: {
    person: 'la persona',
    family: '{name} (familia)',
    representative: '{name} (representante legal)',
    system: 'el sistema',
  },
  noPosition: 'No llegó ninguna ubicación del teléfono.',
  nearestMayDiffer: 'La más cercana puede no ser la de la circunscripción.',
  facility: 'Lugar: {facility}',
  from: 'de {facility}',
  toFamily: 'A la familia: {note}',
  before: 'Antes: {offices}',
  promised: 'Prometido para {promised}',
};
