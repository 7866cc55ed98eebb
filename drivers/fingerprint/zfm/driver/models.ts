/** What a model's pictures are, and what it can be asked. */
export interface ZfmModel {
  widthPx: number;
  heightPx: number;
  /** True dots per inch. 4 % off changes nothing when pictures are compared, 15 % off ruins it. (Sheet 1.6) */
  dpi: number;
  /** `datasheet`: stated by one, not measured here. `assumed`: stated by none; measure before relying on it. */
  dpiBy: 'datasheet' | 'assumed';
  /** It answers ReadSysPara with something of use. */
  hasSettings: boolean;
  /** It has the ring of light and ReadProdInfo of the R503; other models use these instructions for other things. */
  hasRing: boolean;
}

const optical = { widthPx: 256, heightPx: 288, hasSettings: true, hasRing: false } as const;
const capacitive = { widthPx: 192, heightPx: 192, hasSettings: true, hasRing: true } as const;

/** Calibration by model; a cabinet file may override each figure. (Sheet 1.6) */
export const zfmModels = {
  /** Its window of 14 x 18 mm would make it 464 x 406 dpi; the family's usual figure is taken. */
  zfm20: { ...optical, dpi: 500, dpiBy: 'assumed' },
  r301t: { ...optical, dpi: 508, dpiBy: 'datasheet' },
  r305: { ...optical, dpi: 500, dpiBy: 'assumed' },
  r307: { ...optical, dpi: 500, dpiBy: 'datasheet' },
  /** ReadSysPara tells nothing of use; that its picture has the family's size is assumed too. */
  r308: { ...optical, dpi: 500, dpiBy: 'assumed', hasSettings: false },
  /** 208 x 288 by a reseller's text alone. */
  r303: { ...optical, widthPx: 208, dpi: 500, dpiBy: 'assumed' },
  r304a: { ...optical, widthPx: 208, dpi: 508, dpiBy: 'datasheet' },
  r503: { ...capacitive, dpi: 508, dpiBy: 'datasheet' },
} as const satisfies Record<string, ZfmModel>;
export type ZfmModelName = keyof typeof zfmModels;

/** What ReadSysPara of an R503 gives for a system; the others give 0. (Sheet 1.5) */
export const R503_SYSTEM_ID = 0x0009;
