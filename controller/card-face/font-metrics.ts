/** How wide and how tall the glyphs of one font are, in parts of the font size. */
export interface FontMetrics {
  /** Null where the font has no glyph of its own for this character. */
  glyph(codePoint: number): Glyph | null;
}
export interface Glyph {
  readonly advance: number;
  /** Of its ink, from the base line up; both 0 for a space. */
  readonly top: number;
  readonly bottom: number;
}

type Tables = ReadonlyMap<string, DataView>;

/**
 * Reads what measuring needs from a TrueType file (OpenType 1.9: cmap, head, hhea, hmtx, loca, glyf).
 * Throws RangeError for a file that is none.
 */
export function readFontMetrics(ttf: Uint8Array): FontMetrics {
  const tables = readTables(ttf);
  const unitsPerEm = table(tables, 'head').getUint16(18);
  const glyphs = new Map<number, Glyph>();
  for (const [codePoint, id] of readCmap(table(tables, 'cmap')))
    glyphs.set(codePoint, readGlyph(tables, id, unitsPerEm));
  return { glyph: (codePoint) => glyphs.get(codePoint) ?? null };
}

function readTables(ttf: Uint8Array): Tables {
  const file = new DataView(ttf.buffer, ttf.byteOffset, ttf.byteLength);
  const tables = new Map<string, DataView>();
  for (let index = 0; index < file.getUint16(4); index++) {
    const at = 12 + index * 16;
    const tag = String.fromCharCode(...ttf.subarray(at, at + 4));
    tables.set(tag, new DataView(ttf.buffer, ttf.byteOffset + file.getUint32(at + 8), file.getUint32(at + 12)));
  }
  return tables;
}

function table(tables: Tables, tag: string): DataView {
  const found = tables.get(tag);
  if (!found) throw new RangeError(`the font has no table ${tag}`);
  return found;
}

function readGlyph(tables: Tables, id: number, unitsPerEm: number): Glyph {
  const metrics = table(tables, 'hmtx');
  const lastAdvance = table(tables, 'hhea').getUint16(34) - 1; // later glyphs are as wide as the last one named
  const advance = metrics.getUint16(Math.min(id, lastAdvance) * 4) / unitsPerEm;
  const [start, end] = outlineOf(tables, id);
  if (start === end) return { advance, top: 0, bottom: 0 };
  const outlines = table(tables, 'glyf');
  return { advance, top: outlines.getInt16(start + 8) / unitsPerEm, bottom: outlines.getInt16(start + 4) / unitsPerEm };
}

function outlineOf(tables: Tables, id: number): [start: number, end: number] {
  const loca = table(tables, 'loca');
  const longOffsets = table(tables, 'head').getInt16(50) === 1;
  const offset = (index: number) => (longOffsets ? loca.getUint32(index * 4) : loca.getUint16(index * 2) * 2);
  return [offset(id), offset(id + 1)];
}

/** Every character the font names a glyph for; glyph 0 is the box of a missing one and counts as none. */
function* readCmap(cmap: DataView): Generator<[codePoint: number, glyphId: number]> {
  for (let index = 0; index < cmap.getUint16(2); index++) {
    const subtable = new DataView(cmap.buffer, cmap.byteOffset + cmap.getUint32(8 + index * 8));
    if (subtable.getUint16(0) === 4) yield* readSegments(subtable);
    if (subtable.getUint16(0) === 12) yield* readGroups(subtable);
  }
}

/** Format 4: segments of the basic plane, each with a shift or a list of its own. */
function* readSegments(subtable: DataView): Generator<[number, number]> {
  const bytesPerList = subtable.getUint16(6);
  for (let at = 14; at < 14 + bytesPerList; at += 2) {
    const starts = at + bytesPerList + 2; // two bytes of padding stand between the ends and the starts
    const [shifts, lists] = [starts + bytesPerList, starts + 2 * bytesPerList];
    const [first, last] = [subtable.getUint16(starts), subtable.getUint16(at)];
    for (let codePoint = first; codePoint <= last && codePoint !== 0xffff; codePoint++) {
      const listed = subtable.getUint16(lists);
      const base = listed === 0 ? codePoint : subtable.getUint16(lists + listed + 2 * (codePoint - first));
      const id = base === 0 ? 0 : (base + subtable.getUint16(shifts)) & 0xffff;
      if (id !== 0) yield [codePoint, id];
    }
  }
}

/** Format 12: groups of neighbours over all planes. */
function* readGroups(subtable: DataView): Generator<[number, number]> {
  for (let index = 0; index < subtable.getUint32(12); index++) {
    const at = 16 + index * 12;
    const [first, last, id] = [subtable.getUint32(at), subtable.getUint32(at + 4), subtable.getUint32(at + 8)];
    for (let codePoint = first; codePoint <= last; codePoint++) {
      if (id + codePoint - first !== 0) yield [codePoint, id + codePoint - first];
    }
  }
}
