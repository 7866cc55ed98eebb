import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { FaceError } from './face-error.ts';
import { type FontMetrics, readFontMetrics } from './font-metrics.ts';
import type { Weight } from './layout.ts';
import { escapeXml } from './xml.ts';

export const fontFamily = 'Noto Sans';
/** The only fonts a card is ever set in, inside the folder of the package that ships them. */
const fontFiles: Readonly<Record<Weight, string>> = {
  400: '400Regular/NotoSans_400Regular.ttf',
  600: '600SemiBold/NotoSans_600SemiBold.ttf',
  700: '700Bold/NotoSans_700Bold.ttf',
};
const weights = [400, 600, 700] as const satisfies readonly Weight[];

export interface FontPlace {
  /** A folder of the kiosk's own: the font list and fontconfig's cache are kept there. Made if absent. */
  workFolder: string;
  /** Where the font files are; the package's own folder unless told. */
  fontsFolder?: string;
}

export type Fonts = Readonly<Record<Weight, FontMetrics>>;

const ownFontsFolder = () =>
  dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/package.json'));

/**
 * Writes the font list that names our fonts and no others, and returns its path. With it in FONTCONFIG_FILE no other font
 * of the board can stand in for a missing one (peripherals.md A.3).
 */
export function writeFontList({ workFolder, fontsFolder = ownFontsFolder() }: FontPlace): string {
  const folder = resolve(workFolder); // fontconfig looks for a relative path in a folder of its own
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'fonts.conf');
  writeFileSync(path, fontList(fontsFolder, join(folder, 'font-cache')));
  return path;
}

function fontList(fontsFolder: string, cacheFolder: string): string {
  const folders = weights.map((weight) => `<dir>${escapeXml(dirname(join(fontsFolder, fontFiles[weight])))}</dir>`);
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.join('\n')}
<cachedir>${escapeXml(cacheFolder)}</cachedir>
<match target="font"><edit name="hinting" mode="assign"><bool>false</bool></edit></match>
</fontconfig>
`;
}

/** The measures of our fonts. Throws `kiosk/font-missing`. */
export function readFonts({ fontsFolder = ownFontsFolder() }: Pick<FontPlace, 'fontsFolder'> = {}): Fonts {
  const read = (weight: Weight) => {
    try {
      return readFontMetrics(readFileSync(join(fontsFolder, fontFiles[weight])));
    } catch (cause) {
      throw new FaceError('kiosk/font-missing', `weight ${weight} of ${fontFamily} cannot be read`, { cause });
    }
  };
  return { 400: read(400), 600: read(600), 700: read(700) };
}
