import { assertOwnFont } from './font-probe.ts';
import { type FontPlace, readFonts } from './fonts.ts';
import { loadImaging } from './imaging.ts';

/** The process behind `fontSelfTest`: exit code 0 where our font draws, otherwise 1 and the reason on stderr. */
const place = JSON.parse(process.argv[2] ?? '') as FontPlace;
try {
  readFonts(place);
  await assertOwnFont(await loadImaging(place));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
