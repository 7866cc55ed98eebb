import { parseArgs } from 'node:util';
import type { Settings } from './evaluate/templates.ts';
import { UsageError, wordsOf } from './faults.ts';

const options = {
  dpi: { type: 'string', default: '500' },
  crop: { type: 'string' },
  levels: { type: 'string' },
  references: { type: 'string' },
  plot: { type: 'string', default: 'var/fingerprint/evaluation.svg' },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** `generate` alone takes `--references` as a wish, without a folder. */
const generateOptions = {
  fingers: { type: 'string', default: '10' },
  impressions: { type: 'string', default: '8' },
  seed: { type: 'string', default: '1' },
  references: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const READING = ['dpi', 'crop', 'levels', 'references', 'json', 'help'];
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  explain: ['dpi', 'out', 'json', 'help'],
  evaluate: [...READING, 'plot'],
  policy: READING,
};

export type Request =
  | { do: 'help' }
  | { do: 'explain'; image: string; dpi: number; out: string | null; json: boolean }
  | { do: 'evaluate'; folder: string; settings: Settings; plot: string; json: boolean }
  | { do: 'policy'; folder: string; settings: Settings; json: boolean }
  | {
      do: 'generate';
      folder: string;
      fingers: number;
      impressions: number;
      seed: string;
      references: boolean;
      json: boolean;
    };

export function readRequest(args: readonly string[]): Request {
  const [word, ...rest] = args;
  if (word === undefined || args.includes('--help')) return { do: 'help' };
  if (word === 'generate') return readGenerate(rest);
  const known = KNOWN[word];
  if (!known) throw new UsageError(`there is no ${word}; there are explain, evaluate, generate and policy`);
  const { values, positionals } = parsed(rest, word, known);
  const what = onlyOne(positionals, word, word === 'explain' ? 'picture' : 'folder');
  const dpi = wholeNumber('--dpi', values.dpi, 20, 20_000);
  const { json, plot, out } = values;
  if (word === 'explain') return { do: 'explain', image: what, dpi, out: out ?? null, json };
  const settings = { dpi, view: viewOf(values), references: values.references ?? null };
  return word === 'evaluate'
    ? { do: 'evaluate', folder: what, settings, plot, json }
    : { do: 'policy', folder: what, settings, json };
}

function parsed(args: string[], word: string, known: readonly string[]) {
  const own = Object.fromEntries(Object.entries(options).filter(([name]) => known.includes(name))) as typeof options;
  try {
    return parseArgs({ args, options: own, allowPositionals: true });
  } catch (fault) {
    throw new UsageError(`${word}: ${wordsOf(fault)}`);
  }
}

function readGenerate(args: string[]): Request {
  let given: ReturnType<typeof parseGenerate>;
  try {
    given = parseGenerate(args);
  } catch (fault) {
    throw new UsageError(`generate: ${wordsOf(fault)}`);
  }
  const { seed, references, json } = given.values;
  return {
    do: 'generate',
    folder: onlyOne(given.positionals, 'generate', 'folder'),
    fingers: wholeNumber('--fingers', given.values.fingers, 1, 9_000),
    impressions: wholeNumber('--impressions', given.values.impressions, 1, 99),
    seed,
    references,
    json,
  };
}

function parseGenerate(args: string[]) {
  return parseArgs({ args, options: generateOptions, allowPositionals: true });
}

function onlyOne(words: readonly string[], command: string, what: string): string {
  const [word] = words;
  if (word === undefined) throw new UsageError(`${command}: say which ${what}`);
  if (words.length > 1) throw new UsageError(`${command}: one ${what} only, not ${words.join(' ')}`);
  return word;
}

function viewOf({ crop, levels }: { crop?: string | undefined; levels?: string | undefined }): Settings['view'] {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(crop ?? '') ?? [];
  if (crop !== undefined && !(Number(width) > 0 && Number(height) > 0))
    throw new UsageError(`--crop ${crop} is not WIDTHxHEIGHT, as 256x288`);
  return {
    ...(crop === undefined ? {} : { crop: { widthPx: Number(width), heightPx: Number(height) } }),
    ...(levels === undefined ? {} : { levels: wholeNumber('--levels', levels, 2, 256) }),
  };
}

function wholeNumber(name: string, text: string | undefined, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most || text === '')
    throw new UsageError(`${name} must be a whole number from ${least} to ${most}, not ${text}`);
  return value;
}
