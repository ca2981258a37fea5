import { people } from './people.ts';
import { lawyer, officerOf } from './reference-officers.ts';
import type { OfficerStep } from './scenario.ts';
import type { Stage } from './stage.ts';

/* What is sent with what officers do. */

export const officerFields = (world: Stage, step: OfficerStep): object => ({
  officer: officerOf(step),
  ...fieldsOfStep(world, step),
});

const fieldsOfStep = ({ contactId }: Stage, step: OfficerStep): object => {
  switch (step.name) {
    case 'acknowledge':
    case 'take':
    case 'take-back':
    case 'reopen':
      return {};
    case 'state':
      return { to: step.to };
    case 'note':
      return { text: 'Llamé a la familia.' };
    case 'representative':
      return lawyer;
    case 'offer':
      return {
        ...(step.to && { representativeId: people[step.to].representativeId }),
        ...(step.urgent && { urgent: true }),
      };
    case 'share-contact':
      return { contactId };
    case 'hand-over':
      return { consulateId: step.to };
    case 'close':
      return { disposition: step.disposition, familyNote: 'Llámenos.', confirm: true };
  }
};
