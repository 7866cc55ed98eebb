import { expect, test } from 'vitest';
import { scanFrame } from './frame.ts';
import { answerTo, instructions } from './instructions.ts';
import { parseProduct, parseSettings } from './settings.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** The settings in a reply, from its first byte on the wire. */
function settingsIn(wire: string) {
  const scan = scanFrame(hex(wire));
  if (scan.found !== 'frame') throw new Error(`found ${scan.found}`);
  const answer = answerTo(instructions.parameters, scan.frame.content);
  return answer && parseSettings(answer.extra);
}

test('a real module of 80 places at 115200', () => {
  expect(settingsIn('EF01FFFFFFFF 07 0013 00 0000 0000 0050 0003 FFFFFFFF 0002 000C 0477')).toEqual({
    status: { busy: false, matched: false, passwordVerified: false, imageValid: false },
    systemId: 0,
    librarySize: 80,
    securityLevel: 3,
    address: 0xffffffff,
    chunkBytes: 128,
    baudRate: 115_200,
  });
});

test('a real R551 of 500 places at 57600', () => {
  const answer = answerTo(instructions.parameters, hex('00 00 00 00 00 01 F4 00 03 FF FF FF FF 00 02 00 06'));
  expect(parseSettings(answer!.extra)).toMatchObject({ librarySize: 500, chunkBytes: 128, baudRate: 57_600 });
});

test('each bit of the status has its meaning', () => {
  const status = (bits: string) => parseSettings(hex(`${bits} 0009 00C8 0003 FFFFFFFF 0003 0006`))?.status;
  expect(status('0005')).toMatchObject({ busy: true, matched: false, passwordVerified: true, imageValid: false });
  expect(status('000A')).toMatchObject({ busy: false, matched: true, passwordVerified: false, imageValid: true });
});

test('settings that no module can have are none', () => {
  expect(parseSettings(hex('0000 0000 0050 0003 FFFFFFFF 0004 0006'))).toBeUndefined();
  expect(parseSettings(hex('0000 0000 0050 0003 FFFFFFFF 0002 0000'))).toBeUndefined();
  expect(parseSettings(hex('00 00'))).toBeUndefined();
});

test('a product tells its names and the size of its picture', () => {
  const text = (value: string, bytes: number) => Buffer.from(value.padEnd(bytes, '\0')).toString('hex');
  const names = `${text('R503', 16)}${text('A1', 4)}${text('20211117', 8)}0102${text('GF\x01X', 8)}`;
  expect(parseProduct(hex(`${names} 00C0 00C0 0600 00C8`))).toEqual({
    model: 'R503',
    batch: 'A1',
    serial: '20211117',
    hardware: '1.2',
    sensor: 'GFX',
    widthPx: 192,
    heightPx: 192,
    templateBytes: 1_536,
    librarySize: 200,
  });
  expect(parseProduct(hex(`${names} 0000 00C0 0600 00C8`))).toBeUndefined();
});
