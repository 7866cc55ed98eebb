import type { Manner } from '#cabinet/world/plain.ts';
import type { Screen } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import { qrPrefix } from '#contract/uplink/codes.ts';
import { type DemoCitizen, demoCitizens } from '#tools/population/demo-citizens.ts';
import { pressesAFinger } from './fingers.ts';
import { type Scene, screenOf, tapOn, untilShown } from './scene.ts';
import { eventually, letPass } from './time.ts';

export type Way = 'number' | 'nik' | 'qr';
export interface Asking {
  by?: Way;
  pin?: string;
  /** Stops before answering this step. */
  until?: Screen['at'];
}

/** Somebody who comes for a card. Each verb ends when the screen has answered it. */
export interface Citizen extends Omit<DemoCitizen, 'says'> {
  /** From the welcome to the first thing that this person cannot answer: a printing card, or why there is none. */
  asksForTheirCard(asking?: Asking): Promise<void>;
  asksForHerCard(asking?: Asking): Promise<void>;
  asksForHisCard(asking?: Asking): Promise<void>;
  takesTheCard(): Promise<void>;
  /** Does not see it, or does not want it, until the machine pulls it in. */
  leavesTheCard(): Promise<void>;
  /** "I am still here", and the PIN once more. */
  provesToBeStillHere(pin?: string): Promise<void>;
  says(answer: 'yes' | 'not-me' | 'data-wrong'): Promise<void>;
  types(digits: string): Promise<void>;
  typesThePin(pin: string): Promise<void>;
  /** Holds this text as a QR code before the camera. */
  shows(text: string): void;
  /** Puts down the finger that is asked for and lifts it when the screen has said something about it. */
  putsTheFinger(how?: { manner?: Manner; of?: string }): Promise<void>;
  goesBack(): Promise<void>;
  callsTheOfficer(): Promise<void>;
  waits(seconds: number): Promise<void>;
  /** Reads what is on the screen, takes the papers, and leaves the screen to the next one. */
  goesHome(): Promise<void>;
}

export function citizenIn(scene: Scene, code: string): Citizen {
  const demo = demoCitizens.find((one) => one.code === code);
  if (!demo) throw new Error(`nobody of the demo citizens is called ${code}`);
  scene.people.add(code);
  const asks = (asking: Asking = {}) => ask(scene, demo, asking);
  return {
    ...demo,
    asksForTheirCard: asks,
    asksForHerCard: asks,
    asksForHisCard: asks,
    async takesTheCard() {
      await untilShown(scene, 'take-card');
      scene.hands('takeCard', code);
      await untilShown(scene, 'goodbye', 'answer', 'trouble');
    },
    async leavesTheCard() {
      await untilShown(scene, 'take-card');
      scene.hands('leaveCard', code);
      await letPass(scene.clock, 58);
      await leaves(scene, 'take-card');
    },
    async provesToBeStillHere(pin = demo.pin) {
      await untilShown(scene, 'offer-again');
      tapOn(scene, { tap: 'still-here' });
      tapOn(scene, { tap: 'pin', digits: pin });
    },
    says: (answer) => taps(scene, { tap: 'answer', answer }),
    types: (digits) => taps(scene, { tap: 'number', digits }),
    typesThePin: (digits) => taps(scene, { tap: 'pin', digits }),
    shows: (text) => void scene.hands('holdBeforeCamera', text, 'paper', code),
    putsTheFinger: (how) => pressesAFinger(scene, { of: code, manner: 'well', ...how }),
    goesBack: () => taps(scene, { tap: 'back' }),
    callsTheOfficer: () => taps(scene, { tap: 'call-officer' }),
    waits: (seconds) => letPass(scene.clock, seconds),
    goesHome: () => goHome(scene, code),
  };
}

async function taps(scene: Scene, tap: Tap): Promise<void> {
  const { rev } = screenOf(scene);
  tapOn(scene, tap);
  await settled(scene, rev);
}

/** Until the page shows something else, and central is not being asked any more. */
async function settled(scene: Scene, rev: number): Promise<void> {
  const { clock } = scene;
  const done = () => screenOf(scene).rev !== rev && screenOf(scene).screen.at !== 'asking';
  await eventually(clock, done, () => `nothing came of it: ${JSON.stringify(screenOf(scene))}`);
}

async function leaves(scene: Scene, step: Screen['at']): Promise<void> {
  const gone = () => screenOf(scene).screen.at !== step;
  await eventually(scene.clock, gone, () => `the screen still shows ${step}`);
}

/** Touches what the screen asks for, one screen after the other. */
async function ask(scene: Scene, demo: DemoCitizen, { by = 'number', pin = demo.pin, until }: Asking): Promise<void> {
  await comesToTheScreen(scene, demo.code);
  for (let touches = 0; ; touches += 1) {
    const { screen, rev } = screenOf(scene);
    if (screen.at === until || isAnswered(screen)) return;
    if (touches > 0 && 'problem' in screen && screen.problem !== null) return;
    if (screen.at === 'finger') {
      await pressesAFinger(scene, { of: demo.code, manner: 'well' });
      continue;
    }
    const tap = answerTo(screen, { ...demo, by, pin });
    if (screen.at === 'scan-qr') scene.hands('holdBeforeCamera', `${qrPrefix}${demo.pickupCode}`, 'phone', demo.code);
    if (tap) tapOn(scene, tap);
    if (screen.at === 'scan-qr') await leaves(scene, 'scan-qr');
    else await settled(scene, rev);
    if (screen.at === 'scan-qr') scene.hands('takeFromCamera', demo.code);
  }
}

/** Whoever stood there before has gone. */
async function comesToTheScreen(scene: Scene, code: string): Promise<void> {
  const { at } = screenOf(scene).screen;
  if (at === 'answer' || at === 'trouble' || at === 'officer' || at === 'goodbye') await goHome(scene, code);
  await untilShown(scene, 'welcome', 'how', 'scan-qr', 'number', 'pin', 'finger', 'review');
}

function isAnswered(screen: Screen): boolean {
  if (screen.at === 'welcome') return screen.service.mode === 'closed';
  return !['how', 'scan-qr', 'number', 'pin', 'asking', 'finger', 'review'].includes(screen.at);
}

function answerTo(screen: Screen, who: DemoCitizen & { by: Way }): Tap | null {
  switch (screen.at) {
    case 'welcome':
      return { tap: 'start' };
    case 'how':
      return { tap: 'choose', how: who.by === 'qr' ? 'qr' : 'number' };
    case 'number':
      return { tap: 'number', digits: who.by === 'nik' ? who.nik : who.pickupCode };
    case 'pin':
      return { tap: 'pin', digits: who.pin };
    case 'review':
      return { tap: 'answer', answer: who.says };
    default:
      return null;
  }
}

/** Whoever stands at the screen leaves it, so that every visit of the story has its end. */
export async function everybodyLeaves(scene: Scene): Promise<void> {
  const { screen } = screenOf(scene);
  if ('slip' in screen || screen.at === 'officer' || screen.at === 'goodbye') return goHome(scene, 'nobody');
  if (['how', 'scan-qr', 'number', 'pin', 'finger', 'officer-proof', 'review'].includes(screen.at)) {
    tapOn(scene, { tap: 'leave' });
    return everybodyLeaves(scene);
  }
}

async function goHome(scene: Scene, code: string): Promise<void> {
  const { screen } = screenOf(scene);
  if ('slip' in screen) await paperIsOut(scene);
  if (screen.at !== 'goodbye' && screen.at !== 'welcome') tapOn(scene, { tap: 'done' });
  if (screenOf(scene).screen.at === 'goodbye') tapOn(scene, { tap: 'done' });
  await untilShown(scene, 'welcome');
  if (!scene.realPorts) scene.hands('takePaper', code);
}

async function paperIsOut(scene: Scene): Promise<void> {
  const out = () => {
    const { screen } = screenOf(scene);
    return !('slip' in screen) || screen.slip !== 'printing';
  };
  await eventually(scene.clock, out, () => 'the slip is still being printed');
}
