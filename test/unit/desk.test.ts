import { describe, expect, it } from 'vitest';
import { officesOf } from '../../shared/compose-parts.ts';
import { consulates, ministryDesk } from '../../shared/data/consulates.ts';
import { ministryOwns } from '../../shared/domain/offices/consulate.ts';
import { assignedOffice } from '../../shared/domain/offices/office-in-charge.ts';
import { composeRights } from '../../shared/telling/compose-rights.ts';
import { officeRef } from '../../shared/telling/office-ref.ts';

const ngo = { name: 'Red de Apoyo', phone: '+13125550140' };
const own = officesOf({ DESK_NAME: ngo.name, DESK_PHONE: ngo.phone }, {});

describe('the desk of a deployment', () => {
  it('is the ministry’s own unless the operator names another', () => {
    expect(officesOf({}, {}).desk).toEqual(ministryDesk);
    expect(own.desk).toEqual({ ...ministryDesk, ...ngo });
  });

  it('is called wherever an office has no phone of its own that is verified', () => {
    for (const { id, emergencyPhone } of consulates) {
      const expected = emergencyPhone === ministryDesk.phone ? ngo.phone : emergencyPhone;
      expect(own.consulateById(id)?.emergencyPhone).toBe(expected);
    }
    expect(own.openConsulates.map(({ emergencyPhone }) => emergencyPhone)).not.toContain(ministryDesk.phone);
  });

  it('is not called the ministry, nor the ministry by its name', () => {
    const owner = assignedOffice(ministryOwns, own);
    expect([owner.name, owner.emergencyPhone]).toEqual(['Secretaría de Relaciones Exteriores', ngo.phone]);
    expect(officeRef(own, 'ministry').name).toBe('Secretaría de Relaciones Exteriores');
    const rights = composeRights('es', own.desk);
    expect(rights.phones).toEqual([{ id: 'desk', ...ngo }]);
    expect(JSON.stringify(rights)).not.toMatch(/CIAM|5206237874/);
  });
});
