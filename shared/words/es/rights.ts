import type { RightsWords } from '../rights-words.ts';

/** Español de México, de usted. Lo que se dice a los agentes está también en inglés. */
export const rights: RightsWords = {
  title: 'Si le detiene migración en Estados Unidos',
  notice:
    'Información general, no asesoría legal. Las leyes y su aplicación cambian y cada caso es distinto: hable con un abogado de inmigración con licencia.',
  personTitle: 'Para la persona detenida',
  person: {
    'stay-calm': {
      text: 'Mantenga la calma y las manos a la vista. No corra, no se resista ni empuje a nadie, aunque piense que están violando sus derechos.',
    },
    'stay-silent': {
      text: 'Puede guardar silencio. No tiene que decir dónde nació, cuál es su situación migratoria ni cómo entró al país. Dígalo en voz alta y después calle: lo que diga puede usarse en su contra. En algunos estados debe dar su nombre si la policía se lo pide.',
      say: 'Ejerzo mi derecho a guardar silencio.',
      sayInEnglish: 'I am exercising my right to remain silent.',
    },
    'no-lies': {
      text: 'No mienta ni muestre papeles falsos: las dos cosas pueden ser delito y cerrarle el camino a una situación legal. Si lleva papeles migratorios vigentes y un agente de migración se los pide, muéstrelos.',
    },
    'refuse-search': {
      text: 'Puede negarse a que registren sus pertenencias o su teléfono. Dígalo; no se resista si lo hacen de todos modos.',
      say: 'No doy mi consentimiento para un registro.',
      sayInEnglish: 'I do not consent to a search.',
    },
    'ask-consulate': {
      text: 'Si es mexicano o mexicana, puede pedir que se avise a su consulado sin demora, escribirle, hablar con su personal y recibir su visita (Convención de Viena sobre Relaciones Consulares, artículo 36(1)(b) y (c); 8 CFR 236.1(e)). Para México el aviso no es automático: tiene que pedirlo.',
      say: 'Soy ciudadano mexicano (ciudadana mexicana). Pido que avisen ahora a mi consulado y quiero hablar con él.',
      sayInEnglish: 'I am a Mexican citizen. I ask that my consulate be notified now, and I want to speak with it.',
    },
    'consulate-is-your-choice': {
      text: 'Pedir el consulado es decisión suya, y con ello los agentes conocen su nacionalidad. Si teme a las autoridades de su país, hable primero con un abogado. Los agentes de migración no pueden decirle a un consulado que alguien pidió asilo (8 CFR 236.1(e)).',
    },
    'ask-lawyer': {
      text: 'Puede tener abogado, pero en los casos de migración el gobierno no lo paga. Pida llamar al suyo; si no tiene, pida la lista de servicios legales gratuitos. Hable de su caso solo con su abogado.',
      say: 'Quiero hablar con un abogado antes de contestar cualquier pregunta.',
      sayInEnglish: 'I want to speak with a lawyer before I answer any question.',
    },
    'sign-nothing': {
      text: 'No firme nada que no entienda, y nada en absoluto antes de que lo lea un abogado. Con una firma puede renunciar a su audiencia ante un juez y aceptar irse del país (“salida voluntaria”, “remoción estipulada”).',
      say: 'No voy a firmar nada sin un abogado.',
      sayInEnglish: 'I will not sign anything without a lawyer.',
    },
    'say-fear': {
      text: 'Si tiene miedo de regresar a su país, dígaselo a cada agente y repítalo hasta que lo escriban, aunque de lo demás guarde silencio. Si lo van a expulsar sin juez, entonces deben mandarlo con un oficial de asilo.',
      say: 'Tengo miedo de regresar a mi país. Quiero hablar con un oficial de asilo y con un abogado.',
      sayInEnglish: 'I am afraid to return to my country. I want to speak with an asylum officer and a lawyer.',
    },
    'know-a-number': {
      text: 'Pida su número A (“Alien Registration Number”: la letra A y hasta nueve cifras; está en sus papeles). Déselo a su familia y a su abogado: es la manera más segura de encontrarle.',
    },
    'call-family': {
      text: 'Pida llamar a su familia y apréndase un número de memoria: le quitan el teléfono. Diga dónde está y su número A. Las llamadas pueden grabarse: no hable de su caso. En detención de ICE, las llamadas a los consulados y a los servicios legales gratuitos de la lista son gratis.',
    },
    'say-needs': {
      text: 'Diga de inmediato si toma medicinas, está enfermo, enferma o en un embarazo, o si niños u otras personas que dependen de usted están solos ahora.',
    },
  },
  familyTitle: 'Para la familia',
  family: {
    locate: {
      text: 'Busque a la persona en el localizador de ICE. Lo mejor es con el número A, siempre de nueve cifras (si tiene menos, ponga ceros delante), y el país de nacimiento.',
      url: 'https://locator.ice.gov/',
    },
    'locate-by-name': {
      text: 'Sin número A: nombre, apellido y país de nacimiento, escritos exactamente como los escribieron los agentes. Por eso pruebe variantes: los dos apellidos, cada uno solo, unidos con guion; con y sin el segundo nombre; sin acentos, y con n en lugar de ñ.',
      url: 'https://locator.ice.gov/',
    },
    'locate-again': {
      text: 'Una persona puede tardar de 8 a 48 horas en aparecer: vuelva a buscar. No aparecen los menores de 18 años, ni quien lleva menos de 48 horas con la Patrulla Fronteriza o está en una cárcel local: pregunte también ahí.',
    },
    'call-consulate': {
      text: 'Si la persona quiere la ayuda del consulado, llame al más cercano, o a cualquier hora a {desk}, {phone}. Puede buscar a un mexicano o una mexicana en detención y visitarle. Si la persona teme a las autoridades de su país, hable primero con un abogado.',
    },
    'find-lawyer': {
      text: 'Busque un abogado de inmigración, o un representante acreditado por el Departamento de Justicia de Estados Unidos. Las cortes de inmigración tienen una lista de servicios legales gratuitos.',
      url: 'https://www.justice.gov/eoir/list-pro-bono-legal-service-providers',
    },
    'beware-fraud': {
      text: 'En Estados Unidos un “notario” no es abogado. Nadie puede prometer una liberación por dinero: no le pague a quien lo pida por teléfono y no firme nada en blanco.',
    },
    'have-papers': {
      text: 'Tenga a la mano: nombre completo como está en los documentos, fecha y lugar de nacimiento, número A, pasaporte o acta de nacimiento, papeles de migración y de la corte, medicinas. Guarde los originales.',
    },
    'own-silence': {
      text: 'Usted también puede guardar silencio sobre dónde nació y su situación migratoria, y tampoco debe mentir ni mostrar papeles falsos.',
    },
    'seized-phone': {
      text: 'No mande direcciones, documentos ni nombres de otros al teléfono de la persona detenida: puede estar leyéndolo alguien más.',
    },
  },
};
