import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manner } from '#cabinet/world/plain.ts';
import type { FingerPosition, Screen } from '#contract/screen/screen-state.ts';
import type { FingerReferences } from '#controller/devices/finger-matching.ts';
import { drawnFinger, enrolledFinger, numberOf } from '#tests/support/drawn-fingers.ts';
import { demoCitizens } from '#tools/population/demo-citizens.ts';
import { keptFingers } from '#tools/population/fingers.ts';
import { kioskOf, type Scene, screenOf, untilShown } from './scene.ts';
import { eventually, letPass } from './time.ts';

/** Which fingers the registry delivers of whom, by their codes, or bytes that are no record. */
export type Enrolled = Record<string, readonly (FingerPosition | 'unreadable')[]>;

const both: readonly FingerPosition[] = ['right-index', 'left-index'];
/** The head of a record, and nothing that it announces. */
const onlyAHead = Buffer.concat([Buffer.from('FMR\0 20\0', 'latin1'), Buffer.alloc(16)]);
const records = new Map<string, Uint8Array>();

function recordOf(code: string, finger: FingerPosition | 'unreadable'): Uint8Array {
  if (finger === 'unreadable') return onlyAHead;
  const name = `${code} ${finger}`;
  const record = records.get(name) ?? enrolledFinger(code, finger);
  records.set(name, record);
  return record;
}

/** The demo citizens' drop with the fingers of this story: both index fingers of everybody whom it does not name. */
export function deliversFingers(enrolled: Enrolled, folder: string): (demoDrop: string) => Promise<string> {
  return async (demoDrop) => {
    const drop = join(folder, 'drop');
    cpSync(demoDrop, drop, { recursive: true });
    rmSync(join(drop, 'fingers'), { recursive: true });
    mkdirSync(join(drop, 'fingers'));
    for (const { code, nik } of demoCitizens.filter(({ code }) => keptFingers(code).length > 0))
      for (const finger of enrolled[code] ?? both)
        writeFileSync(
          join(drop, 'fingers', `${nik}-${finger === 'unreadable' ? 1 : numberOf[finger]}.fmr`),
          recordOf(code, finger),
        );
    return drop;
  };
}

type FingerScreen = Extract<Screen, { at: 'finger' }>;

/** Down with the finger that is asked for, and up again when the machine has made something of it. */
export async function pressesAFinger(scene: Scene, { of, manner }: { of: string; manner: Manner }): Promise<void> {
  await untilShown(scene, 'finger');
  const { screen: asked, rev } = screenOf(scene);
  scene.hands('putFinger', of, (asked as FingerScreen).finger, manner);
  const answered = () => {
    const { screen, rev: now } = screenOf(scene);
    return screen.at !== 'finger' || (now >= rev + 2 && screen.say !== 'hold'); // held, and then something else
  };
  await eventually(
    scene.clock,
    answered,
    () => `nothing came of the finger: ${JSON.stringify(screenOf(scene))}`,
    'calm',
  );
  scene.hands('liftFinger');
  await letPass(scene.clock, 1); // nobody is quicker, and the scanner has to see a bare glass
}

/** Acts when part of a picture has come, and the rest has not: gives how much that was, 0 to 1. */
export async function inTheMiddleOfAPicture({ scene }: { scene: Scene }, act: () => void): Promise<number> {
  const { screen } = kioskOf(scene).controller.kiosk;
  for await (const { screen: shown } of screen.changes(new AbortController().signal)) {
    if (shown.at !== 'finger' || shown.part === 0) continue;
    act();
    return shown.part;
  }
  throw new Error('no picture was read');
}

/** Keeps hold of what the kiosk opens, as somebody with its memory would. */
export async function holdsReferences({ scene }: { scene: Scene }) {
  const matching = await kioskOf(scene).devices.fingerMatching?.();
  if (!matching) throw new Error('no scanner stands in this cabinet');
  const opened: FingerReferences[] = [];
  const open = matching.openReferences.bind(matching);
  matching.openReferences = (records) => {
    const answer = open(records);
    if (answer.ok) opened.push(answer.references);
    return answer;
  };
  const image = (person: string) => drawnFinger({ person, finger: 'right-index', manner: 'well', placement: 77 });
  return {
    matches: (person: string) => opened.some((one) => one.compare(image(person), 'right-index').matched),
    /** Files of the kiosk in which a record stands, as it came or as bytes. */
    filesThatTell: () => filesIn(join(scene.folder, 'kiosk')).filter((path) => tells(readFileSync(path))),
  };
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

function tells(bytes: Buffer): boolean {
  return [...records.values()].some((record) => {
    const plain = Buffer.from(record);
    return bytes.includes(plain) || bytes.includes(plain.toString('base64'));
  });
}
