import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manner } from '#cabinet/world/plain.ts';
import type { FingerPosition, Screen } from '#contract/screen/screen-state.ts';
import type { FingerReferences } from '#controller/devices/finger-matching.ts';
import { joseSealer, type Sealer } from '#kit/sealer.ts';
import { drawnFinger, enrolledFinger } from '#tests/support/drawn-fingers.ts';
import { demoCitizens } from '#tools/population/demo-citizens.ts';
import { kioskOf, type Scene, screenOf, untilShown } from './scene.ts';
import { eventually, letPass } from './time.ts';

/** Which fingers central holds of whom, by their codes, or words that are no record. */
export type Enrolled = Record<string, readonly (FingerPosition | 'unreadable')[]>;

/** What people are called whose fingers are drawn: stories use their codes, the cabinet's page their numbers. */
type Called = 'code' | 'pickupCode';

const both: readonly FingerPosition[] = ['right-index', 'left-index'];
const records = new Map<string, string>();

function recordOf(code: string, finger: FingerPosition | 'unreadable'): string {
  if (finger === 'unreadable') return Buffer.from('no record at all').toString('base64');
  const name = `${code} ${finger}`;
  const record = records.get(name) ?? enrolledFinger(code, finger);
  records.set(name, record);
  return record;
}

/** Central's hand, which puts the fingers into the record that it seals: whoever imports them is another story. */
export function sealsFingers(enrolled: Enrolled, called: Called = 'code'): Sealer {
  return {
    ...joseSealer,
    seal: (plain, to) => joseSealer.seal(withFingers(plain, enrolled, called), to),
  };
}

function withFingers(plain: string, enrolled: Enrolled, called: Called): string {
  if (!plain.startsWith('{')) return plain; // a password, not a record
  const value = JSON.parse(plain) as { card?: { nik: string } };
  const demo = demoCitizens.find(({ nik }) => nik === value.card?.nik);
  if (!demo) return plain;
  const fingers = (enrolled[demo.code] ?? both).map((finger) => recordOf(demo[called], finger));
  return JSON.stringify({ ...value, fingers });
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
  return [...records.values()].some(
    (record) => bytes.includes(record) || bytes.includes(Buffer.from(record, 'base64')),
  );
}
