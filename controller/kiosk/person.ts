import type { FingerPosition, ReviewFields } from '#contract/screen/screen-state.ts';
import type { CardFields, SealedRecord } from '#contract/uplink/record.ts';
import type { Identified } from '#controller/visit/visit.ts';

/** What the review shows of a record; the rest of it stays with the session. */
export function identified(
  { rightId, firstCard, card }: SealedRecord,
  fingers: readonly FingerPosition[] = [],
): Identified {
  return { rightId, firstCard, fields: reviewFields(card), fingers };
}

function reviewFields(card: CardFields): ReviewFields {
  return {
    nameMasked: maskedName(card.name),
    name: card.name,
    birthPlaceAndDate: `${card.birthPlace}, ${card.birthDate}`,
    sex: card.sex,
    address: `${card.address}, RT/RW ${card.rtRw}, ${card.kelurahan}, ${card.kecamatan}`,
    maritalStatus: card.maritalStatus,
    nikMasked: `•••• •••• •••• ${card.nik.slice(-4)}`,
  };
}

/** First two letters of each word and four dots: the length stays hidden. */
export function maskedName(name: string): string {
  return name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `${word.slice(0, 2)}••••`)
    .join(' ');
}

/** `R. S.`: all that a paper tells of a person. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean).slice(0, 3);
  return words.map((word) => `${word.slice(0, 1).toUpperCase()}.`).join(' ');
}
