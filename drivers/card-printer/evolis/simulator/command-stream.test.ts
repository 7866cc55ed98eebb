import fc from 'fast-check';
import { expect, test } from 'vitest';
import { command, downloadBytes } from './bench.ts';
import { type Command, hear, openStream } from './command-stream.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const heardIn = (...pieces: Uint8Array[]): Command[] => {
  const stream = openStream();
  return pieces.flatMap((piece) => [...hear(stream, piece)]);
};
const names = (commands: Command[]) => commands.map(({ name, params }) => [name, ...params].join(';'));
/** Two lines whose bytes are ESC and CR, and a panel of blank ones. */
const trickyPanel = Uint8Array.from([2, 0x1b, 0x0d, 3, 0x0d, 0x1b, 0x3b, ...new Array(1014).fill(0)]);

test('a command with parameters, and one whose ESC is left out after a CR', () => {
  expect(names(heardIn(bytes('\x1bPbc;A;D\rRok\r\x1bSs\r')))).toEqual(['Pbc;A;D', 'Rok', 'Ss']);
});

test('NULs between commands are padding, and other noise is passed over up to the next ESC', () => {
  expect(names(heardIn(bytes('\0\0\x1bRok\r\0\0noise\x1bRsn\r\0')))).toEqual(['Rok', 'Rsn']);
});

test('ESC, CR and semicolons inside a panel are pixels', () => {
  const job = Buffer.concat([
    command('Ss'),
    downloadBytes(`Dbc;k;2;${trickyPanel.length}`, trickyPanel),
    command('Se;1'),
  ]);
  const heard = heardIn(job);
  expect(names(heard)).toEqual(['Ss', 'Dbc;k;2;1021', 'Se;1']);
  expect(heard[1]?.data).toEqual(trickyPanel);
});

test('wherever the stream is cut, the same commands are heard', () => {
  const job = Buffer.concat([
    command('Pr;k'),
    downloadBytes(`Dbc;k;2;${trickyPanel.length}`, trickyPanel),
    new Uint8Array(40), // padding to 64
    command('Se;1'),
    new Uint8Array(32),
  ]);
  const whole = heardIn(job);
  for (let at = 1; at < job.length; at++) expect(heardIn(job.subarray(0, at), job.subarray(at))).toEqual(whole);
  expect(heardIn(...[...job].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
});

test('a raw panel has the length that its levels imply', () => {
  const raw = new Uint8Array(82296).fill(0x1b);
  const heard = heardIn(downloadBytes('Db;o;2', raw), command('Rok'));
  expect(names(heard)).toEqual(['Db;o;2', 'Rok']);
  expect(heard[0]?.data?.length).toBe(82296);
});

test('a download is complete with its last byte, so that NULs flushed into it complete it', () => {
  const begun = bytes('\x1bDbc;k;2;1016;\xff\xff');
  const heard = heardIn(begun, new Uint8Array(1100), command('Rok'));
  expect(names(heard)).toEqual(['Dbc;k;2;1016', 'Rok']);
});

test('a download of impossible shape is an ordinary command: its bytes are not waited for', () => {
  for (const head of ['Db;y;99', 'Db;w;2', 'Dbc;k;2;0', 'Dbc;k;2;99999999', 'Dbc;k;2;1;5']) {
    expect(names(heardIn(bytes(`\x1b${head};\r`), command('Rok')))).toContain('Rok');
  }
});

test('Psc changes the three framing characters, and Psc alone in the new ones restores them', () => {
  const stream = '\x1bPsc;64;44;35\r@Pbc,A,D#@Psc#\x1bPbc;A;N\r';
  expect(names(heardIn(bytes(stream)))).toEqual(['Psc;64;44;35', 'Pbc;A;D', 'Psc', 'Pbc;A;N']);
  expect(names(heardIn(bytes('\x1bPsc;64;64;35\r\x1bRok\r')))).toEqual(['Psc;64;64;35', 'Rok']);
});

test('an endless command is held to a few bytes and is unknown at its end', () => {
  const stream = openStream();
  expect([...hear(stream, bytes(`\x1b${'x'.repeat(100_000)}`))]).toEqual([]);
  expect(stream.header?.length).toBeLessThan(250);
  expect(names([...hear(stream, bytes('\r\x1bRok\r'))])).toEqual(['', 'Rok']);
});

const scrap = fc.oneof(
  fc.uint8Array({ maxLength: 50 }),
  fc
    .constantFrom(...['\x1b', '\r', '\0', ';', 'Db;k;2;', '\x1bDbc;y;128;90;', '\x1bPsc;', '27;59;13', '\x1bRok\r'])
    .map(bytes),
);

test('no stream makes it throw, hang or hold more than one panel', () => {
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 60 }), (pieces) => {
      const stream = openStream();
      for (const piece of pieces) for (const _ of hear(stream, piece));
      expect(stream.header?.length ?? 0).toBeLessThan(250);
      expect(stream.download?.data.length ?? 0).toBeLessThanOrEqual(660_000);
    }),
    { numRuns: 500 },
  );
});

test('no stream is heard differently when it comes byte by byte', () => {
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 20 }), (pieces) => {
      const stream = Buffer.concat(pieces);
      expect(heardIn(...[...stream].map((byte) => Uint8Array.of(byte)))).toEqual(heardIn(stream));
    }),
  );
});
