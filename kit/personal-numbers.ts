/** Eight digits or more, also spaced: a NIK or a telephone number. */
const long = /\d(?:[ .-]?\d){7,}/g;
/** Sixteen, also spaced: a NIK, and longer than any number of a document. */
const nik = /(?<!\d)\d(?:[ .-]?\d){15}(?!\d)/;

/** A NIK or a telephone number does not belong into what is kept. */
export const withoutNumbers = (text: string): string => text.replace(long, '…');

/** Whether something could be a NIK: a document's number may be long, and is refused then. */
export const holdsNik = (text: string): boolean => nik.test(text);
