import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { systemClock } from '#kit/clock.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { type CabinetOptions, openCabinet } from './cabinet.ts';
import { cardPng } from './pictures.ts';
import { readSaved } from './saved.ts';
import { cardInside, cardsAt, findCard } from './world/cards.ts';
import { devices } from './world/plain.ts';

const SERIAL_NUMBER = '10000012345';
const signal = new AbortController().signal;
const folder = () => mkdtemp(join(tmpdir(), 'anjungan-cabinet-'));

function open(options: Partial<CabinetOptions> = {}) {
  const ports = { clock: systemClock, random: seededRandom('cabinet') };
  return openCabinet({ ...ports, links: 'memory', pacing: 'zero', begin: { blanks: 10 }, ...options });
}

/** A host that knows one sentence of the card printer's language: a command, and the text up to NUL that answers it. */
function hostOn(link: ByteLink) {
  const incoming = link.incoming[Symbol.asyncIterator]();
  return async (command: string): Promise<string> => {
    await link.write(Buffer.from(`\x1b${command}\r`));
    let reply = '';
    while (!reply.endsWith('\0')) {
      const { value, done } = await incoming.next();
      if (done) throw new Error(`the link ended after "${reply}"`);
      reply += Buffer.from(value).toString('latin1');
    }
    return reply.slice(0, -1);
  };
}

describe('the machines touch one world', () => {
  test('a card that the printer feeds leaves the feeder and stands inside', async () => {
    await using cabinet = await open();
    cabinet.world.loadHopper(4);
    const ask = hostOn(await cabinet.openLink('card-printer')({ signal }));
    expect(await ask('Rse;f')).toBe('5,00 Volts');
    expect(await ask('Si')).toBe('OK');
    expect(cardInside(cabinet.world.now)?.id).toBe('blanko-0001');
    expect(await ask('Rlr;p')).toBe('CARD');
    expect(cardsAt(cabinet.world.now, 'hopper')).toHaveLength(3);
  });

  test('the picture of a card is made of nothing but what the head laid on it', async () => {
    await using cabinet = await open();
    const { world } = cabinet;
    world.loadHopper(1);
    const card = world.cardPath.feed('print')!;
    expect(await cardPng(findCard(world.now, card), world.bitmaps)).toBeNull();
    world.cardPath.ink('k', new Uint8Array(82_296));
    const picture = await cardPng(findCard(world.now, card), world.bitmaps);
    expect(Buffer.from(picture!.subarray(1, 4)).toString()).toBe('PNG');
  });
});

describe('hosts come and go', () => {
  test.each(['memory', 'tcp', 'unix'] as const)(
    'a host that dies leaves the device to the next one (%s)',
    async (kind) => {
      const links = kind === 'unix' ? { socketsIn: await folder() } : kind;
      await using cabinet = await open({ links });
      const openLink = cabinet.openLink('card-printer');
      const first = await openLink({ signal });
      expect(await hostOn(first)('Rsn')).toBe(SERIAL_NUMBER);
      await first[Symbol.asyncDispose]();
      await using second = await openLink({ signal });
      expect(await hostOn(second)('Rsn')).toBe(SERIAL_NUMBER);
    },
  );

  test('a host that was killed without a word keeps nobody out', async () => {
    await using cabinet = await open();
    const forgotten = await cabinet.openLink('card-printer')({ signal });
    const next = hostOn(await cabinet.openLink('card-printer')({ signal }));
    expect(await next('Rsn')).toBe(SERIAL_NUMBER);
    expect(await forgotten.closed).toEqual({ reason: 'closed-there' });
  });

  test('an unplugged printer ends its link and cannot be reached until it is plugged in again', async () => {
    await using cabinet = await open({ links: { socketsIn: await folder() } });
    const openLink = cabinet.openLink('card-printer');
    const link = await openLink({ signal });
    expect(await hostOn(link)('Rsn')).toBe(SERIAL_NUMBER);
    cabinet.world.unplug('card-printer');
    expect(await link.closed).toEqual({ reason: 'closed-there' });
    await expect(openLink({ signal })).rejects.toMatchObject({ code: 'link/unreachable' });
    cabinet.world.replug('card-printer');
    await using again = await openLink({ signal });
    expect(await hostOn(again)('Rsn')).toBe(SERIAL_NUMBER);
  });

  test('a power cut takes both printers; the battery carries board, camera and scanner', async () => {
    await using cabinet = await open();
    cabinet.world.cutMains();
    const reachable = await Promise.all(
      devices.map((device) =>
        cabinet
          .openLink(device)({ signal })
          .then(
            () => true,
            () => false,
          ),
      ),
    );
    expect(Object.fromEntries(devices.map((device, index) => [device, reachable[index]]))).toEqual({
      'card-printer': false,
      'receipt-printer': false,
      panel: true,
      camera: true,
      'fingerprint-scanner': true,
    });
  });

  test('a power cut makes the printer forget what was not saved', async () => {
    await using cabinet = await open();
    const openLink = cabinet.openLink('card-printer');
    const ask = hostOn(await openLink({ signal }));
    await ask('Pem;2');
    expect(await ask('Rem')).toMatch(/^2/);
    cabinet.world.cutMains();
    cabinet.world.restoreMains();
    expect(await hostOn(await openLink({ signal }))('Rem')).toMatch(/^0/);
  });

  test('the card printer also answers beside its bytes, as USB printers do', async () => {
    await using cabinet = await open();
    await using link = await cabinet.openLink('card-printer')({ signal });
    expect(await link.control?.portStatus({ signal })).toBe(0x18);
  });
});

describe('the world outlives its process', () => {
  test('killed after an answer, it goes on where it was: cards, ink, and what the printer remembers', async () => {
    const state = await folder();
    const dies = await open({ folder: state, clock: manualClock() }); // in its life no time passes: nothing is saved later
    dies.world.loadHopper(5);
    const ask = hostOn(await dies.openLink('card-printer')({ signal }));
    await ask('Pem;2;s');
    expect(await ask('Si')).toBe('OK');
    dies.world.cardPath.ink('k', Uint8Array.of(7, 7, 7));
    expect(await ask('Rlr;p')).toBe('CARD');
    const { now } = dies.world;

    await using lives = await open({ folder: state });
    expect(lives.world.now).toEqual(now);
    const [ink] = cardInside(lives.world.now)!.ink;
    expect(new Uint8Array(lives.world.bitmaps.find(ink!.bitmap)!)).toEqual(Uint8Array.of(7, 7, 7));
    expect(await hostOn(await lives.openLink('card-printer')({ signal }))('Rem')).toMatch(/^2/);
  });

  test('no byte leaves for a host before what it tells of was saved: neither of the world nor of a memory', async () => {
    const state = await folder();
    await using cabinet = await open({ folder: state, clock: manualClock() });
    cabinet.world.loadHopper(5);
    const link = await cabinet.openLink('card-printer')({ signal });
    const pieces = link.incoming[Symbol.asyncIterator]();
    const savedAtFirstByteAfter = async (command: string) => {
      await link.write(Buffer.from(`\x1b${command}\r`));
      const first = await pieces.next();
      const saved = readSaved(state);
      for (let piece = first; piece.value?.at(-1) !== 0; ) piece = await pieces.next();
      return saved!;
    };
    expect(cardsAt((await savedAtFirstByteAfter('Si')).world, 'hopper')).toHaveLength(4);
    const remembers = (await savedAtFirstByteAfter('Pem;2')).devices['card-printer'];
    expect(remembers).toMatchObject({ settings: { errorMode: 2 } });
  });

  test('what is read beside the bytes was saved before, too', async () => {
    const state = await folder();
    await using cabinet = await open({ folder: state, clock: manualClock() });
    await using link = await cabinet.openLink('card-printer')({ signal });
    cabinet.world.cardPath.countFeed();
    await link.control?.portStatus({ signal });
    expect(readSaved(state)?.world.cardsFed).toBe(1);
  });

  test('what a hand did is saved when the hand has done it', async () => {
    const state = await folder();
    await using cabinet = await open({ folder: state, clock: manualClock() });
    cabinet.world.openDoor();
    expect(readSaved(state)?.world.doorClosed).toBe(false);
    cabinet.world.cutMains();
    expect(readSaved(state)).toMatchObject({ world: { mains: false }, devices: { 'card-printer': { power: false } } });
    cabinet.jamCard();
    expect(readSaved(state)).toMatchObject({ devices: { 'card-printer': { misbehaviours: [{ fault: 'jam' }] } } });
  });

  test('what nobody was told of is saved 20 ms later, of the world and of what a machine heard', async () => {
    const state = await folder();
    const clock = manualClock();
    await using cabinet = await open({ folder: state, clock });
    const link = await cabinet.openLink('card-printer')({ signal });
    cabinet.world.cardPath.countFeed();
    await clock.advance(20);
    expect(readSaved(state)?.world.cardsFed).toBe(1);
    await link.write(Buffer.from('\x1bSi')); // half a command
    await clock.advance(20);
    expect(readSaved(state)).toMatchObject({ devices: { 'card-printer': { stream: { header: 'Si' } } } });
  });

  test('at its orderly end everything lies in one plain file, and nothing is written any more', async () => {
    const state = await folder();
    const clock = manualClock();
    const cabinet = await open({ folder: state, clock });
    cabinet.world.cardPath.countFeed();
    await cabinet[Symbol.asyncDispose]();
    const end = readFileSync(join(state, 'world.json'), 'utf8');
    expect(JSON.parse(end)).toMatchObject({ version: 1, world: { cardsFed: 1 } });
    cabinet.world.openDoor();
    await clock.advance(1_000);
    expect(readSaved(state)).toEqual(JSON.parse(end));
  });

  test('a folder that holds something else is refused in words', async () => {
    const state = await folder();
    const { writeFile } = await import('node:fs/promises');
    await writeFile(join(state, 'world.json'), '{"half": ');
    await expect(open({ folder: state })).rejects.toThrow('world.json is not a saved cabinet');
  });

  test('two cabinets never share one set of sockets', async () => {
    const sockets = await folder();
    await using _first = await open({ links: { socketsIn: sockets } });
    await expect(open({ links: { socketsIn: sockets } })).rejects.toThrow('another cabinet answers');
  });
});
