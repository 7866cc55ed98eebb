import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CardFields } from '#contract/uplink/record.ts';

/** The face of a training card: nobody's, and every line of it says so. Its number ends in a serial that is never issued. */
export function specimenFields(): CardFields {
  return {
    province: 'SPECIMEN',
    city: 'SPECIMEN',
    nik: '1671020101900000',
    name: 'SPECIMEN',
    birthPlace: 'SPECIMEN',
    birthDate: '01-01-1990',
    sex: 'LAKI-LAKI',
    bloodGroup: '-',
    address: 'SPECIMEN - BUKAN KTP',
    rtRw: '000/000',
    kelurahan: 'SPECIMEN',
    kecamatan: 'SPECIMEN',
    religion: '-',
    maritalStatus: 'SPECIMEN',
    occupation: 'LATIHAN PETUGAS',
    nationality: 'WNI',
    validUntil: 'TIDAK BERLAKU',
    issuePlace: 'SPECIMEN',
    issueDate: '01-01-2026',
    portrait: readFileSync(join(import.meta.dirname, 'specimen-portrait.jpg')).toString('base64'),
    signature: null,
  };
}
