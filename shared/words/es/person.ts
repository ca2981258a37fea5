import type { PersonWords } from '../person-words.ts';

const again = 'Quite este contacto y agréguelo otra vez.';

export const person: PersonWords = {
  warnings: {
    'nobody-reachable':
      'Si ahora activara la alerta, no le llegaría a nadie de su familia. Arregle por lo menos un contacto de la lista o agregue otro.',
    'opted-out':
      '{name} no recibe nuestros SMS: desde su teléfono se contestó STOP u otra palabra de baja. Pídale que mande START al número del que llegaban, o agregue otro teléfono o un correo suyo. Puede tardar un día en verse aquí.',
    unsubscribed: {
      sms: `{name} ya no está en la lista de avisos. ${again}`,
      email: `{name} ya no recibe avisos: alguien abrió el enlace para darse de baja que traen los correos; a veces lo abre un antivirus. ${again} Le llegará un correo para confirmar.`,
    },
    'not-confirmed':
      '{name} no ha confirmado su correo y hasta entonces no recibe nada. Pídale que busque «AWS Notification - Subscription Confirmation», también en correo no deseado, y abra su enlace.',
    waiting:
      '{name} todavía no recibe avisos: un teléfono o correo se agrega a lo más a 5 botones al día, y este ya los tiene. Se agrega solo, casi siempre en menos de un día. Mientras tanto, agregue a alguien más.',
    refused:
      '{name} todavía no se pudo agregar: el servicio que manda nuestros avisos no acepta este teléfono o correo. Lo volvemos a intentar cada quince minutos. Si sigue así, revise que esté bien escrito o agregue otro. Mientras tanto, una alerta no le llega.',
    'second-pin-warns-nobody':
      'Un segundo PIN no avisaría a nadie: no ha autorizado al consulado ni ha elegido a quién debe saber la verdad.',
    'confirmation-expired': `{name} no confirmó su correo a tiempo y el enlace ya no sirve. ${again} Le llegará otro correo: pídale que abra el enlace antes de dos días.`,
  },
  reminder: {
    subject: 'Boton de Alerta: diga que esta bien',
    default: 'Botón de Alerta: pronto vence el plazo para decir que está bien.',
    sms: 'Botón de Alerta: diga con su PIN que está bien en los próximos {minutes} min{by}{about}. Si no, se activa su alerta.',
    by: ', antes de las {time}',
    about: ' ({label})',
  },
};
