import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { type Request, readRequest } from './arguments.ts';
import { evaluate } from './evaluate/evaluate.ts';
import { plotOf } from './evaluate/plot.ts';
import { reportOf } from './evaluate/report.ts';
import { explain, explanationText } from './explain/explain.ts';
import { exitCodes, InputError, UsageError, wordsOf } from './faults.ts';
import { generate } from './generate.ts';
import { policy, policyTable } from './policy/policy.ts';

const usage = `Fingerprints: see how a picture is read, measure how well fingers are told apart, make fingers that nobody has.

  npm run fingerprint -- explain IMAGE [--dpi N] [--out DIR]
      every stage from the picture to its minutiae as a PNG, and overview.png with all of them
  npm run fingerprint -- evaluate DIR [options] [--plot FILE]
      error rates and times over pictures named FINGER_IMPRESSION (101_1.tif); a subfolder is a set of its own
  npm run fingerprint -- policy DIR [options]
      how many are refused after one to four tries with one finger or two, and how many strangers get through
  npm run fingerprint -- generate DIR [--fingers N] [--impressions M] [--seed S] [--references]
      a synthetic set: the same pictures for the same seed; with an ISO record for each, made from another impression

  --dpi N            true resolution of the pictures (500)
  --crop WxH         of evaluate and policy, probes only: their middle, as a smaller scanner would see it
  --levels N         of evaluate and policy, probes only: so many grey levels
  --references DIR   of evaluate and policy: compare with FINGER_IMPRESSION.fmr, .iso, .ist or .ansi from there
  --plot FILE        where the curves go (var/fingerprint/evaluation.svg)
  --out DIR          where the stages go (var/fingerprint/ and the picture's name)
  --json             every figure for machines, on stdout

Pictures: PNG, TIFF, BMP, PGM. Exit codes: 0 done, 64 wrong use, 66 something given cannot be read.`;

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  await answer(readRequest(process.argv.slice(2)));
}

async function answer(request: Request): Promise<void> {
  if (request.do === 'help') return say(usage);
  if (request.do === 'explain') return answerExplain(request);
  if (request.do === 'evaluate') return answerEvaluate(request);
  if (request.do === 'policy') {
    const found = await policy(request.folder, request.settings);
    return say(request.json ? JSON.stringify(found) : policyTable(found));
  }
  const made = await generate(request.folder, request);
  say(request.json ? JSON.stringify(made) : `${made.files} files of ${made.fingers} fingers in ${made.folder}`);
}

async function answerExplain({ image, dpi, out, json }: Request & { do: 'explain' }): Promise<void> {
  const explanation = await explain(image, dpi, out ?? join('var/fingerprint', basename(image, extname(image))));
  say(json ? JSON.stringify(explanation) : explanationText(explanation));
}

async function answerEvaluate({ folder, settings, plot, json }: Request & { do: 'evaluate' }): Promise<void> {
  const evaluated = await evaluate(folder, settings);
  await mkdir(dirname(plot), { recursive: true });
  await writeFile(plot, plotOf(evaluated));
  if (json) say(JSON.stringify({ ...evaluated.evaluation, plot }));
  else say(`${reportOf(evaluated.evaluation)}\ncurves: ${plot}`);
}

process.exitCode = await main().then(
  () => exitCodes.done,
  (fault: unknown) => {
    process.stderr.write(`fingerprint: ${wordsOf(fault)}\n`);
    if (fault instanceof UsageError || fault instanceof InputError) return fault.exitCode;
    throw fault;
  },
);
