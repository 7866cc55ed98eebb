/** Arms of a line-drawing character: up, right, down, left; 0 none, 1 single, 2 double. */
const arms: Readonly<Record<string, string>> = {
  ...{ '─': '0101', '│': '1010', '┌': '0110', '┐': '0011', '└': '1100', '┘': '1001' },
  ...{ '├': '1110', '┤': '1011', '┬': '0111', '┴': '1101', '┼': '1111' },
  ...{ '═': '0202', '║': '2020', '╔': '0220', '╗': '0022', '╚': '2200', '╝': '2002' },
  ...{ '╠': '2220', '╣': '2022', '╦': '0222', '╩': '2202', '╬': '2222' },
  ...{ '╒': '0210', '╓': '0120', '╕': '0012', '╖': '0021', '╘': '1200', '╙': '2100', '╛': '1002', '╜': '2001' },
  ...{ '╞': '1210', '╟': '2120', '╡': '1012', '╢': '2021', '╤': '0212', '╥': '0121', '╧': '1202', '╨': '2101' },
  ...{ '╪': '1212', '╫': '2121' },
};

const shades: Readonly<Record<string, (x: number, y: number) => boolean>> = {
  '░': (x, y) => x % 2 === 0 && (y + x) % 4 === 0,
  '▒': (x, y) => (x + y) % 2 === 0,
  '▓': (x, y) => !(x % 2 === 0 && (y + x) % 4 === 0),
};

/** Line-drawing and block characters, which must reach the edges of their cell to join; undefined for any other. */
export function lineGlyph(character: string, width: number, height: number) {
  const [middleX, middleY] = [Math.floor(width / 2), Math.floor(height / 2)];
  const halves: Readonly<Record<string, (x: number, y: number) => boolean>> = {
    '█': () => true,
    '▀': (_, y) => y < middleY,
    '▄': (_, y) => y >= middleY,
    '▌': (x) => x < middleX,
    '▐': (x) => x >= middleX,
    '■': (x, y) => x > 1 && x < width - 2 && Math.abs(y - middleY) < width / 2 - 1,
  };
  const plain = halves[character] ?? shades[character];
  if (plain) return plain;
  const [up = 0, right = 0, down = 0, left = 0] = [...(arms[character] ?? '')].map(Number);
  if (up + right + down + left === 0) return undefined;
  const onLine = (kind: number, off: number) =>
    kind > 0 && (kind === 1 ? off === 0 || off === -1 : off === 2 || off === -2);
  const double = [up, right, down, left].includes(2);
  const [low, high] = double ? [-2, 2] : [-1, 0]; // how far an arm reaches past the middle, so that corners close
  return (x: number, y: number) => {
    const [dx, dy] = [x - middleX, y - middleY];
    const across = (dx <= high && onLine(left, dy)) || (dx >= low && onLine(right, dy));
    const upright = (dy <= high && onLine(up, dx)) || (dy >= low && onLine(down, dx));
    return across || upright;
  };
}
