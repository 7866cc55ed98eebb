/** A number and the word it counts, and all parts of a date, stay on one line: "23 / November" is read twice. */
export function tied(text: string): string {
  return text.replace(/(\d) (?=\p{L})/gu, '$1\u00a0').replace(/ (?=\d{4}\b)/g, '\u00a0');
}
