import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { systemClock } from '#kit/clock.ts';
import { seededRandom } from '#kit/random.ts';
import { type CabinetOptions, openCabinet } from './cabinet.ts';
import { cardPng } from './pictures.ts';
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

  test('a power cut takes both printers; the battery carries board and camera', async () => {
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
  test('killed between two words, it goes on where it was: cards, ink, and what the printer remembers', async () => {
    const state = await folder();
    const dies = await open({ folder: state });
    dies.world.loadHopper(5);
    const ask = hostOn(await dies.openLink('card-printer')({ signal }));
    await ask('Pem;2;s');
    await ask('Si');
    dies.world.cardPath.ink('k', Uint8Array.of(7, 7, 7));
    dies.world.openDoor();
    await Promise.resolve(); // the turn ends, and with it the last thing this process does
    const { now } = dies.world;

    await using lives = await open({ folder: state });
    expect(lives.world.now.cards).toEqual(now.cards);
    expect(lives.world.now.history).toEqual(now.history);
    expect(lives.world.panelWiring.doorClosed).toBe(false);
    const [ink] = cardInside(lives.world.now)!.ink;
    expect(new Uint8Array(lives.world.bitmaps.find(ink!.bitmap)!)).toEqual(Uint8Array.of(7, 7, 7));
    expect(await hostOn(await lives.openLink('card-printer')({ signal }))('Rem')).toMatch(/^2/);
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
