import type { IssuanceClass } from '#central/gateway/gateway.ts';
import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Proof } from '#contract/uplink/entries.ts';

export type SiteKind = 'HUB' | 'KECAMATAN' | 'MOBILE';

/** Where a person is sent, with what; hours come from a calendar of the office. */
export interface Referral {
  office: string;
  address: string;
  documents: readonly string[];
  hours: string;
}

export interface PolicyRow {
  rule: string;
  legal: string;
  /** `YYYY-MM-DD`, inclusive; `to` null = until changed. */
  from: string;
  to: string | null;
  class: IssuanceClass;
  site: SiteKind;
  verdict: { print: true } | { print: false; code: ProblemCode; referral: Referral };

  proofs: readonly Proof[];
  surrender: readonly ('suket' | 'old-card' | 'police-letter')[];
  proxy: 'none' | 'same-kk' | 'letter';
}

export const policyVersion = '2026-11';

const disdukcapil = (documents: readonly string[]): Referral => ({
  office: 'Disdukcapil Kota Palembang',
  address: 'Jalan Demang Lebar Daun, Palembang',
  documents,
  hours: 'Senin-Kamis 08.00-15.30, Jumat 08.00-11.30 dan 13.30-15.30 WIB',
});

const newCard = 'UU 24/2013 pasal 63; Perpres 96/2018 pasal 15';
const replaced = 'Perpres 96/2018 pasal 15; nota Ditjen Dukcapil 29 April 2016';

function referred(
  cls: IssuanceClass,
  rule: string,
  code: ProblemCode,
  documents: readonly string[],
  surrender: PolicyRow['surrender'] = [],
): PolicyRow {
  return {
    rule,
    legal: replaced,
    from: '2016-04-29',
    to: null,
    class: cls,
    site: 'KECAMATAN',
    verdict: { print: false, code, referral: disdukcapil(documents) },
    proofs: [],
    surrender,
    proxy: 'none',
  };
}

/** Newest rules last; of two that apply, the later `from` wins. */
export const policyRows: readonly PolicyRow[] = [
  {
    rule: 'kec-first-1',
    legal: newCard,
    from: '2017-09-05',
    to: null,
    class: 'FIRST',
    site: 'KECAMATAN',
    verdict: { print: true },
    proofs: ['pin'],
    surrender: ['suket'],
    proxy: 'none',
  },
  referred('LOST', 'kec-lost-1', 'class/lost', ['Surat kehilangan dari polisi', 'Fotokopi KK'], ['police-letter']),
  referred('DAMAGED', 'kec-damaged-1', 'class/damaged', ['KTP-el lama yang rusak', 'Fotokopi KK'], ['old-card']),
  referred('DATA_CHANGE', 'kec-change-1', 'class/data-change', ['KK', 'Bukti perubahan data'], ['old-card']),
  referred('MOVED_IN', 'kec-moved-1', 'class/moved-in', ['KK baru', 'Surat keterangan pindah'], ['old-card']),
  referred('FOREIGNER_RENEWAL', 'kec-foreigner-1', 'class/foreigner', ['KITAP', 'Paspor', 'KTP-el lama'], ['old-card']),
  referred('OUTSIDE_DOMICILE', 'kec-outside-1', 'class/outside-domicile', ['KK', 'KTP-el lama atau surat kehilangan']),
];
