import type { RightsWords } from '../rights-words.ts';

export const rights: RightsWords = {
  title: 'If immigration officers detain you',
  notice:
    'General information, not legal advice. Laws and practice change and every case differs: ask a licensed immigration lawyer.',
  personTitle: 'For the person detained',
  person: {
    'stay-calm': {
      text: 'Stay calm and keep your hands where they can be seen. Do not run, resist or push anybody, even if you think that your rights are being violated.',
    },
    'stay-silent': {
      text: 'You may stay silent. You do not have to say where you were born, what your immigration status is or how you entered the country. Say so aloud and then be silent: what you say can be used against you. In some states you must give your name if the police ask for it.',
      say: 'I am exercising my right to remain silent.',
      sayInEnglish: 'I am exercising my right to remain silent.',
    },
    'no-lies': {
      text: 'Do not lie and do not show false papers: both can be crimes and can close the way to legal status. If you have valid immigration papers with you and an immigration officer asks for them, show them.',
    },
    'refuse-search': {
      text: 'You may refuse consent to a search of your belongings or your phone. Say it; do not resist if they search all the same.',
      say: 'I do not consent to a search.',
      sayInEnglish: 'I do not consent to a search.',
    },
    'ask-consulate': {
      text: 'If you are Mexican you may have your consulate told of your detention without delay, write to it, speak with its officers and be visited by them (Vienna Convention on Consular Relations, article 36(1)(b) and (c); 8 CFR 236.1(e)). For Mexico this is not automatic: you must ask for it.',
      say: 'I am a Mexican citizen. I ask that my consulate be notified now, and I want to speak with it.',
      sayInEnglish: 'I am a Mexican citizen. I ask that my consulate be notified now, and I want to speak with it.',
    },
    'consulate-is-your-choice': {
      text: 'Asking for the consulate is your choice, and it tells officers your nationality. If you fear the authorities of your country, speak with a lawyer first. Immigration officers may not tell a consulate that somebody has applied for asylum (8 CFR 236.1(e)).',
    },
    'ask-lawyer': {
      text: 'You may have a lawyer, but the government does not pay for one in immigration cases. Ask to call yours; if you have none, ask for the list of free legal services. Speak about your case with your lawyer only.',
      say: 'I want to speak with a lawyer before I answer any question.',
      sayInEnglish: 'I want to speak with a lawyer before I answer any question.',
    },
    'sign-nothing': {
      text: 'Sign nothing that you do not understand, and nothing at all before a lawyer has read it. With a signature you may give up your hearing before a judge and agree to leave the country (“voluntary departure”, “stipulated removal”).',
      say: 'I will not sign anything without a lawyer.',
      sayInEnglish: 'I will not sign anything without a lawyer.',
    },
    'say-fear': {
      text: 'If you are afraid to return to your country, say so to every officer and repeat it until it is written down, also if you want to stay silent about everything else. If you are to be removed without a judge, they must then refer you to an asylum officer.',
      say: 'I am afraid to return to my country. I want to speak with an asylum officer and a lawyer.',
      sayInEnglish: 'I am afraid to return to my country. I want to speak with an asylum officer and a lawyer.',
    },
    'know-a-number': {
      text: 'Ask for your A-number (“Alien Registration Number”: the letter A and up to nine digits; it stands on your papers). Give it to your family and your lawyer: it is the surest way to find you.',
    },
    'call-family': {
      text: 'Ask to call your family, and learn one number by heart: they take your phone. Say where you are and your A-number. Calls may be recorded: do not speak about your case. In ICE detention, calls to consulates and to the free legal services on the list are free.',
    },
    'say-needs': {
      text: 'Say at once if you take medicine, are ill or pregnant, or if children or others depend on you and are alone now.',
    },
  },
  familyTitle: 'For the family',
  family: {
    locate: {
      text: 'Look for the person in ICE’s locator. Best with the A-number, always nine digits (put zeros in front if there are fewer), and the country of birth.',
      url: 'https://locator.ice.gov/',
    },
    'locate-by-name': {
      text: 'Without an A-number: first name, last name and country of birth, written exactly as the officers wrote them. So try variants: both surnames, each alone, joined by a hyphen; with and without the middle name; without accents, and n for ñ.',
      url: 'https://locator.ice.gov/',
    },
    'locate-again': {
      text: 'It can take 8 to 48 hours until a person appears: look again. Nobody under 18 is shown, nor who is held by the Border Patrol for less than 48 hours or by a local jail: ask there too.',
    },
    'call-consulate': {
      text: 'If the person wants the consulate’s help, call the nearest one, or at any hour {desk}, {phone}. It can look for a Mexican who was detained and visit them. If the person fears the authorities of their country, speak with a lawyer first.',
    },
    'find-lawyer': {
      text: 'Find an immigration lawyer, or a representative accredited by the US Department of Justice. The immigration courts keep a list of free legal services.',
      url: 'https://www.justice.gov/eoir/list-pro-bono-legal-service-providers',
    },
    'beware-fraud': {
      text: 'A “notario” is no lawyer in the USA. Nobody can promise a release for money: do not pay whoever asks for it by phone, and sign nothing in blank.',
    },
    'have-papers': {
      text: 'Have ready: full name as in the papers, date and place of birth, A-number, passport or birth certificate, immigration and court papers, medicines. Keep the originals.',
    },
    'own-silence': {
      text: 'You too may stay silent about where you were born and your immigration status, and you too must not lie or show false papers.',
    },
    'seized-phone': {
      text: 'Do not send addresses, papers or names of others to the phone of the person detained: somebody else may be reading.',
    },
  },
};
