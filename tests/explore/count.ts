import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { halvesFrom } from './life.ts';
import { begun } from './record.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Town } from './town.ts';
import type { Tuple } from './tuple.ts';
import type { Universe } from './universe.ts';

export type PerKind = Universe['counts']['perKind'];

/**
 * How many boundaries a plain run must have, counted elsewhere: writes where the store commits them, bytes where they go
 * into the cable, messages where the wire keeps and hands them over. A boundary that was overlooked shows as a difference.
 */
export async function countedPlainly(town: Town, from: Tuple, scenario: Scenario): Promise<PerKind> {
  const counted = { store: 0, link: 0, sent: 0, delivered: 0 };
  const universe = begun(town, from, scenario, undefined, undefined, {
    committed: () => {
      counted.store += 2;
    },
    cable: (link) =>
      tapped(link, (piece) => {
        counted.link += boundariesOf(piece);
      }),
  });
  await universe.untilQuiet();
  counted.sent = 2 * universe.post.handedOver;
  counted.delivered = 2 * universe.post.arrived;
  universe.end();
  return counted;
}

/** A short write is one piece with a boundary before and after it; a long one comes in two, with one more between them. */
function boundariesOf(piece: Uint8Array): number {
  return piece.length >= halvesFrom / 2 ? 1.5 : 2;
}

function tapped(link: ByteLink, heard: (piece: Uint8Array) => void): ByteLink {
  const { control } = link;
  return {
    write(bytes, options) {
      heard(bytes);
      return link.write(bytes, options);
    },
    incoming: link.incoming,
    closed: link.closed,
    ...(control && { control }),
    [Symbol.asyncDispose]: () => link[Symbol.asyncDispose](),
  };
}
