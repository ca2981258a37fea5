import type { Catalogue } from './catalogue.ts';

/** Español de México, de usted. Los SMS pierden los acentos que su alfabeto no tiene: ninguna frase depende de ellos. */
export const spanish: Catalogue = {
  time: {
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
  },
  someone: 'su familiar',
  messages: {
    'contact.welcome.v1': {
      subject: 'Boton de Alerta: usted es contacto de emergencia',
      default: 'Botón de Alerta: usted está en la lista de contactos de emergencia de una persona cercana.',
      sms: 'Botón de Alerta: {name} le eligió como contacto. Si lo activa, recibirá un SMS de ALERTA.',
      stop: {
        tollFree: 'Si no quiere SMS, avísele; en este número solo sirve STOP.',
        other: 'Si no quiere SMS, avísele y le borrará de su lista.',
        unknown: 'Si no quiere SMS, avísele; en números 800 solo sirve STOP.',
      },
    },
    'alert.raised.v1': {
      default: {
        actual: 'ALERTA: se activó un Botón de Alerta. Los datos van en el SMS y en el correo a sus contactos.',
        drill: 'SIMULACRO de un Botón de Alerta. No hay ninguna emergencia.',
      },
      sms: {
        actual: {
          opening: 'ALERTA del botón de {name}: posible detención, {when}.',
          notifyingConsulate: 'Se está avisando al consulado.',
          notifyingMinistry: 'Se está avisando a la Cancillería de México.',
          notAuthorised: 'No se avisa a ningún consulado: así lo eligió. Busque un abogado de inmigración.',
        },
        drill: {
          opening: 'SIMULACRO del botón de {name}, {when}. No es real.',
          notifyingConsulate: 'Se está avisando al consulado.',
          notifyingMinistry: 'Se está avisando a la Cancillería de México.',
          notAuthorised: 'No se avisa a ningún consulado: así lo eligió.',
        },
        when: '{pressed}',
        whenLate: 'activado {pressed}, recibido {received}',
        nearest: 'Más cercano: {city}.',
        phone: 'Informes: {phone}',
        link: '{link}',
      },
      email: {
        actual: {
          subject: 'ALERTA del boton de {name}: posible detencion, {when}',
          whatHappened:
            'QUÉ PASÓ\nSe activó el Botón de Alerta de {name}. Quien lo activa pide ayuda porque teme una detención o porque ya está ocurriendo. Es todo lo que se sabe en este momento; también pudo activarse sin querer.',
          notifyingConsulate:
            'A QUIÉN SE ESTÁ AVISANDO\n{name} autorizó que se avise al consulado. Se está avisando al consulado de México y a la Secretaría de Relaciones Exteriores. Este mensaje no confirma que alguien ya lo haya leído ahí.',
          notifyingMinistry:
            'A QUIÉN SE ESTÁ AVISANDO\n{name} autorizó que se avise al consulado. Como no se sabe qué consulado le queda cerca, se está avisando a la Secretaría de Relaciones Exteriores de México. Este mensaje no confirma que alguien ya lo haya leído ahí.',
          notAuthorised:
            'A QUIÉN SE AVISA\nSolo a los contactos que {name} eligió, como usted. No se avisa a ningún consulado ni a otra autoridad de México, porque {name} no lo autorizó al registrarse.',
          stepsTitle: 'QUÉ PUEDE HACER AHORA',
        },
        drill: {
          subject: 'SIMULACRO del boton de {name}, {when}: no es real',
          whatHappened:
            'SIMULACRO: ESTO ES UN ENSAYO\nNo hay ninguna emergencia y no tiene que hacer nada. Se activó en modo de ensayo el Botón de Alerta de {name}, para comprobar que los avisos llegan y para que usted conozca este mensaje.',
          notifyingConsulate:
            'A QUIÉN SE ESTÁ AVISANDO\n{name} autorizó que se avise al consulado. Se está avisando al consulado de México y a la Secretaría de Relaciones Exteriores, también como simulacro.',
          notifyingMinistry:
            'A QUIÉN SE ESTÁ AVISANDO\n{name} autorizó que se avise al consulado. Como no se sabe qué consulado le queda cerca, se está avisando a la Secretaría de Relaciones Exteriores de México, también como simulacro.',
          notAuthorised:
            'A QUIÉN SE AVISA\nSolo a los contactos que {name} eligió, como usted. No se avisa a ningún consulado ni a otra autoridad de México, porque {name} no lo autorizó al registrarse.',
          stepsTitle: 'QUÉ PODRÍA HACER EN UNA ALERTA REAL',
        },
        when: 'CUÁNDO\n{pressed}.',
        whenLate: 'CUÁNDO\nSe activó: {pressed}.\nEl aviso tardó en llegar; lo recibimos: {received}.',
        noPosition: 'No tenemos la ubicación del teléfono.',
        nearest: 'CONSULADO MÁS CERCANO (para su información)\n{office}',
        nearestToHome: 'CONSULADO MÁS CERCANO AL DOMICILIO QUE REGISTRÓ LA PERSONA (para su información)\n{office}',
        officePhone: 'Teléfono para informes: {phone}',
        deskPhone: 'Teléfono para informes, las 24 horas: {phone} ({desk})',
        deskWithoutAuthorisation:
          'ANTES DE LLAMAR A UN CONSULADO\nPiense en esa decisión: hay personas que no quieren que las autoridades de su país sepan de ellas. Si puede, consulte primero a un abogado. Solo como información general: el centro de atención del gobierno de México contesta las 24 horas en el {phone} ({desk}).',
        callStep:
          'Llame al {phone}, diga que se activó el Botón de Alerta de {name} y pregunte qué se sabe y qué necesitan de usted.',
        steps: [
          'Tenga su teléfono con batería y conteste también los números que no conozca: puede ser {name}, o alguien que llama de su parte.',
          'Tenga a la mano estos datos de {name}: nombre completo como está en sus documentos, fecha y lugar de nacimiento y, si lo sabe, su número A de migración (nueve cifras).',
          'Si hubo una detención, busque a {name} en el localizador de ICE: https://locator.ice.gov/ (puede tardar de 8 a 48 horas en aparecer). Pruebe con los dos apellidos, con guion entre ellos y sin acentos.',
          'Consulte a un abogado de inmigración con licencia. Desconfíe de quien le pida dinero por teléfono: este servicio nunca lo pide.',
          'No mande al teléfono de {name} datos delicados (direcciones, documentos, quién más vive en la casa): puede estar en manos de otra persona.',
        ],
        link: 'MÁS INFORMACIÓN\n{link}',
        footer:
          'Por seguridad este mensaje no dice dónde está la persona. Es un mensaje automático: nadie lee las respuestas.',
      },
    },
  },
};
