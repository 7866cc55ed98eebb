/** A table as Markdown. Bars inside a cell would end it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const madeBy = (source: string) => `<!-- Made from ${source} by \`npm run generate\`. Do not edit. -->`;

export function page(...parts: string[]): string {
  return `${parts.join('\n\n')}\n`;
}
