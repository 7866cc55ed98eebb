const WIDTH = 120;

/** JSON as our formatter lays it out: objects open, arrays of plain values on one line where they fit. */
export function prettyJson(value: unknown): string {
  return `${laidOut(value, '', 0)}\n`;
}

/** `before` is how much of the line is taken already: a key and its colon. */
function laidOut(value: unknown, indent: string, before: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const oneLine = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    const plain = value.every((item) => typeof item !== 'object' || item === null);
    if (plain && indent.length + before + oneLine.length < WIDTH) return oneLine;
    return `[\n${value.map((item) => `${inner}${laidOut(item, inner, 0)}`).join(',\n')}\n${indent}]`;
  }
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  if (fields.length === 0) return '{}';
  const lines = fields.map(([key, field]) => {
    const name = `${JSON.stringify(key)}: `;
    return `${inner}${name}${laidOut(field, inner, name.length)}`;
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
