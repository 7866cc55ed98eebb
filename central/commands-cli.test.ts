import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readGrantsLog } from '#central/rights/grants-log.ts';
import { ensureRight } from '#central/rights/open-right.ts';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import { systemClock } from '#kit/clock.ts';
import { silentLog } from '#kit/log.ts';
import { systemRandom } from '#kit/random.ts';
import { joseSealer, type KeyPair } from '#kit/sealer.ts';
import { runLine } from './command-line.ts';
import { cliCommands } from './commands-cli.ts';
import { type Office, openOffice } from './office.ts';
import { officeCommands } from './office-commands.ts';

const folder = mkdtempSync(join(tmpdir(), 'anjungan-office-'));
const at = (name: string) => join(folder, name);
let office: Office;
let key: KeyPair;
beforeAll(async () => {
  office = await openOffice({
    ...{ clock: systemClock, random: systemRandom, sealer: joseSealer, log: silentLog, folder: at('state') },
    ...{ host: '127.0.0.1', brokerPort: 0, consolePort: null },
  });
  key = await joseSealer.newSealingKey();
  writeFileSync(at('request.json'), JSON.stringify({ v: 1, kiosk: 'SU1-A', sealingKey: key.publicKey }));
});
afterAll(async () => {
  await office[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** Types one line, as staff do. */
async function types(...words: string[]): Promise<{ code: number; said: string[] }> {
  const said: string[] = [];
  let code = 0;
  const terminal = {
    say: (line: string) => void said.push(line),
    exits(given: number) {
      code = given;
    },
  };
  const serve = async () => expect.unreachable('nobody serves here');
  await runLine([...words, '--state', at('state')], { ...terminal, serve }).catch((error: Error) => {
    said.push(...error.message.split('\n'));
    code = 1;
  });
  return { code, said };
}

test('a refusal ends the process with 1 and one line, an answer with 0', async () => {
  const runs = (...words: string[]) =>
    promisify(execFile)(process.execPath, [
      join(import.meta.dirname, 'main.ts'),
      ...words,
      '--state',
      at('state'),
    ]).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      (error: { code: number; stderr: string }) => ({ code: error.code, said: error.stderr }),
    );
  expect(await runs('epochs')).toEqual({ code: 0, said: 'no kiosk is registered\n' });
  expect(await runs('close-epoch', 'SU1-A', ...two)).toEqual({ code: 1, said: 'say why: --reason TEXT\n' });
  expect((await runs('verify-receipt', 'Ab3dE9xKq7')).code).toBe(1);
}, 60_000);

const two = ['--by', 'OP-DEWI', '--by', 'OP-BUDI'];
const why = ['--reason', 'the cabinet burned down'];
const fails = (words: string | RegExp) => ({ code: 1, said: [expect.stringMatching(words)] });

test('every command is in the help, and what it asks of the office is known there', async () => {
  const { code, said } = await types('--help');
  const help = said.join('\n');
  expect(code).toBe(0);
  for (const { name, usage } of cliCommands) {
    expect(help).toContain(`npm run central -- ${name}`);
    expect(usage.startsWith(name)).toBe(true);
  }
  const offline = ['restore'];
  for (const { name } of cliCommands) if (!offline.includes(name)) expect(Object.keys(officeCommands)).toContain(name);
});

describe('a kiosk that burned down, from its end to its new beginning', () => {
  const json = async (...words: string[]) => JSON.parse((await types(...words, '--json')).said[0] ?? '') as unknown;

  test('is closed by two, counted, decided about, and opened again with a new password', async () => {
    await types('register-kiosk', at('request.json'), '--out', at('first.json'));
    const { right_id: right } = office.store.write('right', (db) => ensureRight(db, 'rani', systemClock.wallMs()));
    office.store.write('a lease', (db) => {
      db.prepare("INSERT INTO lease VALUES ('lease-1', ?, 'SU1-A', 1, 'req-1', '{}', 'live', 0, 'online')").run(right);
      db.prepare("UPDATE print_right SET state = 'leased', kiosk = 'SU1-A', epoch = 1, lease_id = 'lease-1'").run();
    });

    const decide = ['decide-right', right, '--as', 'lost', ...why, ...two];
    expect(await types(...decide)).toEqual(
      fails(/^epoch 1 of SU1-A is open: only that kiosk decides; close-epoch first$/),
    );
    expect(await types('close-epoch', 'SU1-A', ...why, '--by', 'OP-DEWI')).toEqual(fails(/^two operators answer/));
    expect(await types('close-epoch', 'SU1-A', ...why, '--by', 'OP-A', '--by', 'op-a')).toEqual(fails(/both of two/));
    expect(await types('close-epoch', 'SU1-A', ...two)).toEqual(fails(/^say why: --reason TEXT$/));
    expect(await types('close-epoch', 'SU1-A', ...why, ...two)).toEqual({
      code: 0,
      said: ['epoch 1 is closed; 1 rights wait for late facts, or for a count and decide-right'],
    });
    expect(await types('close-epoch', 'SU1-A', ...why, ...two)).toEqual(fails(/^epoch 1 of SU1-A is closed already$/));
    expect(await json('commands', 'SU1-A')).toMatchObject([
      { kind: 'epoch-closed', args: { epoch: '1' }, state: 'sent' },
    ]);

    const none = ['--hopper', '0', '--complete', '0', '--partial', '0', '--blank', '0'];
    expect(await types(...decide)).toEqual(fails(/was not counted: count-kiosk first$/));
    expect(await types('count-kiosk', 'SU1-A', ...none, ...two)).toEqual(fails(/--document TEXT$/));
    expect(await types('count-kiosk', 'SU1-A', ...none, '--document', 'BA-0009', ...two)).toEqual({
      code: 0,
      said: ['epoch 1: hopper 0 of 0, other cards 0 of 0: equal to the books'],
    });
    expect(await types('decide-right', right, '--as', 'eaten', ...why, ...two)).toEqual(fails(/^--as is one of/));
    expect(await types(...decide)).toEqual({ code: 0, said: ['the right is lost'] });
    expect(await types('open-generation', '--person', 'rani', ...why, ...two)).toEqual({
      code: 0,
      said: [expect.stringMatching(/^generation 2 is open: right /)],
    });

    const before = JSON.parse(readFileSync(at('first.json'), 'utf8')) as Enrolment;
    const opened = await types('open-epoch', 'SU1-A', ...why, ...two, '--out', at('second.json'));
    expect(opened).toMatchObject({ code: 0, said: [expect.stringMatching(/^epoch 2 is open/), expect.anything()] });
    const after = JSON.parse(readFileSync(at('second.json'), 'utf8')) as Enrolment;
    expect(after).toMatchObject({ kiosk: 'SU1-A', epoch: 2, shard: before.shard, site: before.site });
    const password = (enrolment: Enrolment) => joseSealer.open(enrolment.sealedPassword, key.privateKey);
    expect(await password(after)).not.toBe(await password(before));

    expect(await json('epochs', 'SU1-A')).toMatchObject([
      {
        epoch: 1,
        closedBy: ['OP-DEWI', 'OP-BUDI'],
        closedReason: 'the cabinet burned down',
        rights: [],
        count: { equal: true },
      },
      { epoch: 2, openedBy: ['OP-DEWI', 'OP-BUDI'], closedMs: null },
    ]);
    const { lines } = readGrantsLog(at('state/grants.jsonl'));
    expect(lines.map((line) => line.what === 'kiosk' && line.epochs.length)).toEqual([1, 1, 2]);
  });

  test('a file that is there is not written over, and nothing is opened then', async () => {
    writeFileSync(at('taken.json'), 'mine');
    expect(await types('open-epoch', 'SU1-A', ...why, ...two, '--out', at('taken.json'))).toEqual(
      fails(/is there already/),
    );
    expect(readFileSync(at('taken.json'), 'utf8')).toBe('mine');
    expect(await json('epochs', 'SU1-A')).toHaveLength(2);
  });

  test('a kiosk that lost its key brings a new one; the request of another is refused', async () => {
    const own = await joseSealer.newSealingKey();
    const request = (kiosk: string) => JSON.stringify({ v: 1, kiosk, sealingKey: own.publicKey });
    writeFileSync(at('other.json'), request('KLD-A'));
    writeFileSync(at('own.json'), request('SU1-A'));
    const opens = (file: string) =>
      types('open-epoch', 'SU1-A', ...why, ...two, '--request', at(file), '--out', at('third.json'));
    expect(await opens('other.json')).toEqual(fails(/^the request is of KLD-A, not of SU1-A$/));
    expect(existsSync(at('third.json'))).toBe(false);
    expect((await opens('own.json')).code).toBe(0);
    const enrolment = JSON.parse(readFileSync(at('third.json'), 'utf8')) as Enrolment;
    expect(await joseSealer.open(enrolment.sealedPassword, own.privateKey)).toMatch(/^[\w-]{43}$/);
  });
});

test('a pause is listed and ended by two who say why, once', async () => {
  const { right_id: right } = office.store.write('right', (db) => ensureRight(db, 'budi', systemClock.wallMs()));
  const ends = (...more: string[]) => types('end-pause', right, '--reason', 'the record was right', ...more);
  expect(await types('paused')).toEqual({ code: 0, said: ['no right is paused'] });
  expect(await ends(...two)).toEqual(fails(/is usable: there is no pause to end$/));
  office.store.write('pause', (db) =>
    db.prepare("UPDATE print_right SET state = 'paused' WHERE right_id = ?").run(right),
  );
  expect((await types('paused')).said).toEqual([
    expect.stringMatching(/^right .*visit unknown, record of no delivery$/),
  ]);
  const [listed] = (await types('paused', '--json')).said;
  expect(JSON.parse(listed ?? '')).toMatchObject([{ rightId: right, visitNo: null }]);
  expect(await types('end-pause', right, ...two)).toEqual(fails(/^say why: --reason TEXT$/));
  expect(await ends('--by', 'OP-DEWI')).toEqual(fails(/^two operators answer/));
  expect(await types('end-pause', ...why, ...two)).toEqual(fails(/^name the right: central paused lists them$/));
  expect(await ends(...two, '--json')).toEqual({ code: 0, said: ['{"state":"usable"}'] });
  expect(await ends(...two)).toEqual(fails(/is usable: there is no pause to end$/));
});

test('a receipt that nobody knows ends with 1, also where its first character is a dash; so does one that is none', async () => {
  expect(await types('verify-receipt', 'Ab3d', 'E9x', 'Kq7')).toEqual(fails(/^NOT KNOWN/));
  for (const words of [['-b3dE9xKq7'], ['Ab3d', '-9x', '-q7'], ['--3dE9xKq7']])
    expect(await types('verify-receipt', ...words)).toEqual(fails(/^NOT KNOWN/));
  expect(await types('verify-receipt', 'Ab3d')).toEqual(fails(/no receipt hash/));
  const asked = office.store.read((db) => db.prepare("SELECT who, purpose FROM lookup WHERE kind = 'receipt'").all());
  expect(asked).toContainEqual({ who: 'command line', purpose: 'verify-receipt' });
});
