import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerNo, zfmBench } from '#tests/support/zfm-bench.ts';
import type { ZfmFault } from './faults.ts';
import { frame, kinds } from './frames.ts';

const address = 0xffffffff;
const MAKES_IT_ANOTHER = [0x12, 0x15]; // a new password or address: nobody could ask it anything afterwards

const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
const instruction = fc.nat(0xff).filter((code) => !MAKES_IT_ANOTHER.includes(code));
const command = fc
  .tuple(instruction, bytes(40))
  .map(([code, rest]) => frame({ address, kind: kinds.command, content: Uint8Array.of(code, ...rest) }));
const data = fc
  .tuple(fc.constantFrom(kinds.data, kinds.lastData), bytes(256))
  .map(([kind, content]) => frame({ address, kind, content }));
const cut = fc.tuple(command, fc.nat(20)).map(([whole, at]) => whole.subarray(0, at));
const at = fc.nat(200);
const fault: fc.Arbitrary<ZfmFault> = fc.oneof(
  fc.constantFrom<ZfmFault>('silent', 'late-ack', 'wrong-chunks', 'sensor-broken'),
  fc.record({ is: fc.constantFrom('drop-byte', 'flip-byte', 'stray-55', 'cut-off', 'power-cut'), at }),
);

test('whatever is sent to it and goes wrong with it, it answers when all is well again', async () => {
  const happenings = fc.array(fc.oneof(bytes(30), command, command, data, cut, fault), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('zfm20', 'r308'), happenings, async (personality, all) => {
      const { zfm, platen, send, ask, clock } = await zfmBench({ personality });
      platen.present(fingerNo(1, { widthPx: 32, heightPx: 32 }));
      for (const one of all) {
        if (one instanceof Uint8Array) await send(one);
        else zfm.misbehave(one);
      }
      zfm.misbehave('none');
      zfm.powerOn(); // it may have lost it
      await clock.advance(1000);
      await ask('GetEcho'); // an answer that is late comes now
      expect(await ask('GetEcho')).toMatchObject({ code: 0x55 });
    }),
    { numRuns: 100, seed: 20 },
  );
});
