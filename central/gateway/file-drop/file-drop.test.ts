import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isCardFields } from '#contract/uplink/record.ts';
import { migrationsIn, openMemoryStore, type Store } from '#kit/store.ts';
import { makePopulation } from '#tools/population/make-population.ts';
import { writeDrop } from '#tools/population/write-drop.ts';
import { findByCode, findByNik, pinMatches, pinVerifierOf } from '../records.ts';
import { importFileDrop, openFileDrop } from './file-drop.ts';

const today = '2026-11-23';
const lookupKey = new Uint8Array(32).fill(7);
const clock = { wallMs: () => 1_795_000_000_000 };
const dataset = { name: 'palembang', version: '2026-11-23', cutOff: today };
const people = makePopulation({ count: 8, seed: 'gateway', city: 'palembang', today }).map((citizen, index) => ({
  ...citizen,
  face: index,
  signature: index,
  row: { ...citizen.row, status: 'PRINT_READY_RECORD', class: 'FIRST' },
}));
const [siti, budi] = people as [(typeof people)[number], (typeof people)[number]];

let home = '';
let golden = '';

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gateway-'));
  golden = join(home, 'golden');
  await writeDrop(golden, dataset, people);
});
afterAll(() => rm(home, { recursive: true, force: true }));

function openOffice() {
  const migrations = migrationsIn(join(import.meta.dirname, '../../migrations'));
  const store = openMemoryStore({ migrations });
  return { store, take: (folder: string) => importFileDrop(folder, { store, clock, lookupKey }) };
}

async function copyOfGolden(): Promise<string> {
  const folder = await mkdtemp(join(home, 'drop-'));
  await cp(golden, folder, { recursive: true });
  return folder;
}

/** The golden drop with one file changed. */
async function dropWith(file: string, change: (before: string) => string): Promise<string> {
  const folder = await copyOfGolden();
  await writeFile(join(folder, file), change(await readFile(join(folder, file), 'utf8')));
  return folder;
}

/** Changes one cell of the first person, by the name of its column. */
function cell(column: string, value: string) {
  return (csv: string) => {
    const [header = '', first = '', ...rest] = csv.split('\n');
    const cells = first.split(',');
    cells[header.split(',').indexOf(column)] = value;
    return [header, cells.join(','), ...rest].join('\n');
  };
}

const count = (store: Store, table: string) =>
  (store.read((db) => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()) as { n: number }).n;

test('a good delivery lands whole, and each person is found by number and by NIK', async () => {
  const { store, take } = openOffice();
  const report = await take(golden);
  expect(report).toMatchObject({ dataset, rows: 8, landed: 8, unchanged: 0, updated: 0, codes: 8, refused: [] });
  const byCode = store.read((db) => findByCode(db, lookupKey, siti.pickupCode));
  expect(byCode?.record).toMatchObject({ nik: siti.row.nik, status: 'PRINT_READY_RECORD', cityCode: '16.71' });
  expect(store.read((db) => findByNik(db, lookupKey, siti.row.nik))).toEqual(byCode);
  expect(store.read((db) => findByCode(db, lookupKey, '1000000009'))).toBeUndefined();
  expect(byCode?.record.card.portrait).toBe(
    (await readFile(join(golden, 'photos', `${siti.row.nik}.jpg`))).toString('base64'),
  );
});

test('every card that lands fits the contract', async () => {
  const { store, take } = openOffice();
  await take(golden);
  for (const { row } of people) {
    const found = store.read((db) => findByNik(db, lookupKey, row.nik));
    expect(isCardFields(found?.record.card)).toBe(true);
    expect(found?.record.card.birthDate).toBe(row.birth_date.split('-').reverse().join('-'));
  }
});

test('a PIN opens its own number and no other', async () => {
  const { store, take } = openOffice();
  await take(golden);
  const [hers, his] = [siti, budi].map(
    ({ pickupCode }) => store.read((db) => findByCode(db, lookupKey, pickupCode))?.pickup,
  );
  expect(pinMatches(lookupKey, hers!, siti.pin)).toBe(true);
  expect(pinMatches(lookupKey, hers!, budi.pin)).toBe(false);
  expect(pinMatches(lookupKey, his!, siti.pin)).toBe(false);
  expect(pinMatches(new Uint8Array(32), hers!, siti.pin)).toBe(false);
  // the same PIN looks different on every number, so the table does not show who shares one
  const [one, other] = [hers!, his!].map(({ codeHash }) => pinVerifierOf(lookupKey, codeHash, siti.pin));
  expect(one).not.toBe(other);
});

test.each([
  ['a NIK with 15 digits', cell('nik', siti.row.nik.slice(1)), 'import/bad-nik'],
  ['a NIK with the 32nd of a month', cell('nik', '1671023201990000'), 'import/bad-nik'],
  ['a NIK with a letter', cell('nik', '16710232019900O0'), 'import/bad-nik'],
  ['an unknown status', cell('status', 'READY_SOON'), 'import/unknown-status'],
  ['no status', cell('status', ''), 'import/unknown-status'],
  ['an unknown class', cell('class', 'SPARE'), 'import/unknown-class'],
  ['an impossible birth date', cell('birth_date', '2007-02-30'), 'import/bad-date'],
  ['a birth date in another order', cell('birth_date', '30-01-2007'), 'import/bad-date'],
  ['a bad date where one may be missing', cell('issued_on', 'yesterday'), 'import/bad-date'],
  ['no name', cell('name', ''), 'import/bad-field'],
  ['a name longer than a card can say', cell('name', 'A'.repeat(121)), 'import/bad-field'],
  ['a field that never ends', cell('address', 'A'.repeat(401)), 'import/bad-field'],
  ['a control character in a name', cell('name', 'SITI\u0007'), 'import/bad-field'],
  ['an RT/RW that is none', cell('rt_rw', '1/2'), 'import/bad-field'],
  ['a sex that is none', cell('sex', 'L'), 'import/bad-field'],
  ['an unknown reason for a closed record', cell('closed_reason', 'why not'), 'import/bad-field'],
  ['a kecamatan of another city', cell('kecamatan_code', '17.71.01'), 'import/bad-field'],
  ['eleven fingers', cell('fingers', '11'), 'import/bad-field'],
  ['a field too many', (csv: string) => csv.replace('\n', '\nX,'), 'import/columns'],
  ['a quote that is never closed', cell('name', '"SITI'), 'import/columns'],
])('%s is refused with its reason, and the others land', async (_, change, code) => {
  const { store, take } = openOffice();
  const report = await take(await dropWith('records.csv', change));
  expect(report.refused.filter(({ file }) => file === 'records.csv')).toMatchObject([{ row: 2, code }]);
  expect(report).toMatchObject({ rows: 8, landed: 7 });
  expect(count(store, 'record')).toBe(7);
});

test('a row in another encoding is refused alone', async () => {
  const folder = await dropWith('records.csv', (csv) => csv);
  const text = cell('name', 'JOSÉ SITI')(await readFile(join(folder, 'records.csv'), 'utf8'));
  await writeFile(join(folder, 'records.csv'), text, 'latin1');
  const report = await openOffice().take(folder);
  expect(report.refused[0]).toMatchObject({
    row: 2,
    code: 'import/encoding',
    detail: expect.stringContaining('byte 21'),
  });
  expect(report.landed).toBe(7);
});

test('the same letters in UTF-8 are welcome, composed or not', async () => {
  const { store, take } = openOffice();
  await take(await dropWith('records.csv', cell('name', 'JOSE\u0301 SITI')));
  expect(store.read((db) => findByNik(db, lookupKey, siti.row.nik))?.record.card.name).toBe('JOSÉ SITI');
});

test('a file from a spreadsheet is read: byte order mark, CRLF, quoted commas, no last line end', async () => {
  const { store, take } = openOffice();
  const quoted = cell('name', '"SITI, ""S.PD.""  "');
  const report = await take(
    await dropWith('records.csv', (csv) => `\ufeff${quoted(csv).trimEnd().replaceAll('\n', '\r\n')}`),
  );
  expect(report).toMatchObject({ landed: 8, refused: [] });
  expect(store.read((db) => findByNik(db, lookupKey, siti.row.nik))?.record.card.name).toBe('SITI, "S.PD."');
});

test('the order of the columns is free', async () => {
  const turned = (csv: string) =>
    csv.replaceAll(/^.+$/gm, (line) => (line.includes('"') ? line : line.split(',').reverse().join(',')));
  const plain = (csv: string) => csv.replaceAll(/"([^"]*)"/g, (_, inner: string) => inner.replaceAll(',', ''));
  expect(await openOffice().take(await dropWith('records.csv', (csv) => turned(plain(csv))))).toMatchObject({
    landed: 8,
  });
});

test.each([
  ['semicolons', (csv: string) => csv.replaceAll(',', ';'), 'separated by commas, not semicolons'],
  ['tabs', (csv: string) => csv.replaceAll(',', '\t'), 'separated by commas, not tabs'],
  ['a missing column', (csv: string) => csv.replace('birth_place,', 'birthplace,'), 'missing: birth_place'],
  ['a column named twice', (csv: string) => csv.replace('\n', ',nik\n'), 'named twice: nik'],
  ['UTF-16', (csv: string) => csv.split('').join('\0'), 'UTF-16'],
  ['nothing at all', () => '', 'missing: nik'],
])('a file with %s is refused as a whole, with a reason that helps', async (_, change, detail) => {
  const { store, take } = openOffice();
  const report = await take(await dropWith('records.csv', change));
  expect(report.refused).toMatchObject([{ row: 1, code: 'import/columns', detail: expect.stringContaining(detail) }]);
  expect([count(store, 'record'), count(store, 'dataset'), count(store, 'pickup')]).toEqual([0, 0, 0]);
});

test.each([
  ['is not JSON', () => '{'],
  ['name and version', () => '{"name": 5}'],
  ['cutOff', (json: string) => json.replaceAll(today, '23-11-2026')],
])('a drop that does not name its dataset is refused: %s', async (detail, change) => {
  const report = await openOffice().take(await dropWith('dataset.json', change));
  expect(report).toMatchObject({ dataset: null, landed: 0 });
  expect(report.refused).toMatchObject([
    { file: 'dataset.json', row: 0, code: 'import/file', detail: expect.stringContaining(detail) },
  ]);
});

test('an empty folder is refused in plain words', async () => {
  const report = await openOffice().take(join(home, 'nowhere'));
  expect(report.refused).toMatchObject([{ code: 'import/file', detail: 'is not there, or cannot be read' }]);
});

const photoOf = (folder: string, { row }: typeof siti) => join(folder, 'photos', `${row.nik}.jpg`);
const signatureOf = (folder: string, { row }: typeof siti) => join(folder, 'signatures', `${row.nik}.png`);
test.each([
  ['without a photo', (folder: string) => rm(photoOf(folder, siti)), 'import/missing-photo'],
  ['with a text for a photo', (folder: string) => writeFile(photoOf(folder, siti), 'no photo'), 'import/bad-photo'],
  ['with an empty photo', (folder: string) => writeFile(photoOf(folder, siti), ''), 'import/bad-photo'],
  ['with a photo cut short', cutPhoto, 'import/bad-photo'],
  ['with a photo too big for a card', (folder: string) => growPhoto(folder), 'import/bad-photo'],
  ['with a broken signature', (folder: string) => writeFile(signatureOf(folder, siti), 'scrawl'), 'import/bad-field'],
])('a person %s is refused, and the others land', async (_, spoil, code) => {
  const folder = await copyOfGolden();
  await spoil(folder);
  const report = await openOffice().take(folder);
  expect(report.refused[0]).toMatchObject({ file: 'records.csv', row: 2, code });
  expect(report.landed).toBe(7);
});

async function cutPhoto(folder: string) {
  const whole = await readFile(photoOf(folder, siti));
  await writeFile(photoOf(folder, siti), whole.subarray(0, whole.length / 2));
}
async function growPhoto(folder: string) {
  const whole = await readFile(photoOf(folder, siti));
  await writeFile(
    photoOf(folder, siti),
    Buffer.concat([whole.subarray(0, -2), new Uint8Array(60_000), whole.subarray(-2)]),
  );
}

test('who was never recorded needs no photo', async () => {
  const folder = await dropWith('records.csv', cell('status', 'UNREGISTERED'));
  await rm(photoOf(folder, siti));
  await rm(signatureOf(folder, siti));
  expect(await openOffice().take(folder)).toMatchObject({ landed: 8, refused: [], warnings: [] });
});

test('a missing signature and a corrected birth date are told, and the row lands', async () => {
  const folder = await dropWith('records.csv', cell('birth_date', '1990-01-31'));
  await rm(signatureOf(folder, siti));
  const report = await openOffice().take(folder);
  expect(report).toMatchObject({ landed: 8, refused: [] });
  expect(report.warnings.map(({ row, code }) => [row, code])).toEqual([
    [2, 'import/nik-differs'],
    [2, 'import/no-signature'],
  ]);
});

test('reviews at the centre are taken whatever their name', async () => {
  expect(await openOffice().take(await dropWith('records.csv', cell('status', 'ADJUDICATE_BY_HAND')))).toMatchObject({
    landed: 8,
  });
});

test('a row that stands twice word for word is taken once', async () => {
  const report = await openOffice().take(await dropWith('records.csv', (csv) => `${csv}${csv.split('\n')[1]}\n`));
  expect(report).toMatchObject({ rows: 9, landed: 8 });
  expect(report.refused).toMatchObject([{ row: 10, code: 'import/duplicate-nik' }]);
});

test('two rows that disagree about one person are both refused', async () => {
  const twice = (csv: string) => `${csv}${cell('name', 'SOMEBODY ELSE')(csv).split('\n')[1]}\n`;
  const report = await openOffice().take(await dropWith('records.csv', twice));
  expect(report.landed).toBe(7);
  expect(report.refused.filter(({ code }) => code === 'import/duplicate-nik').map(({ row }) => row)).toEqual([2, 10]);
});

test('a second import of the same drop changes nothing', async () => {
  const { store, take } = openOffice();
  await take(golden);
  const before = store.read((db) => [
    db.prepare('SELECT * FROM record').all(),
    db.prepare('SELECT * FROM pickup').all(),
  ]);
  expect(await take(golden)).toMatchObject({ rows: 8, landed: 0, unchanged: 8, updated: 0, codes: 0 });
  expect(
    store.read((db) => [db.prepare('SELECT * FROM record').all(), db.prepare('SELECT * FROM pickup').all()]),
  ).toEqual(before);
});

test('a later delivery updates who has changed and leaves the rest', async () => {
  const { store, take } = openOffice();
  await take(golden);
  const report = await take(await dropWith('records.csv', cell('status', 'CARD_ISSUED')));
  expect(report).toMatchObject({ landed: 0, unchanged: 7, updated: 1 });
  expect(store.read((db) => findByCode(db, lookupKey, siti.pickupCode))?.record.status).toBe('CARD_ISSUED');
});

test('a new photo is a change', async () => {
  const { take } = openOffice();
  await take(golden);
  const folder = await copyOfGolden();
  const photo = await readFile(photoOf(folder, siti));
  photo[photo.length - 20] = (photo.at(-20) ?? 0) ^ 1; // as long as before
  await writeFile(photoOf(folder, siti), photo);
  expect(await take(folder)).toMatchObject({ unchanged: 7, updated: 1 });
});

test('an old delivery that turns up late does not turn statuses back', async () => {
  const { store, take } = openOffice();
  await take(await dropWith('records.csv', cell('status', 'CARD_ISSUED')));
  const report = await take(await dropWith('dataset.json', (json) => json.replaceAll(today, '2026-11-01')));
  expect(report).toMatchObject({ landed: 0, updated: 0, refused: [{ file: 'dataset.json', code: 'import/file' }] });
  expect(store.read((db) => findByNik(db, lookupKey, siti.row.nik))?.record.status).toBe('CARD_ISSUED');
});

test('numbers and PINs are checked row by row', async () => {
  const code = (column: string, value: string) => dropWith('codes.csv', cell(column, value));
  const refusal = async (folder: Promise<string>) => (await openOffice().take(await folder)).refused[0];
  expect(await refusal(code('pickup_code', '1234567890'))).toMatchObject({
    file: 'codes.csv',
    row: 2,
    code: 'import/bad-field',
  });
  expect(await refusal(code('pin', '123456'))).toMatchObject({ code: 'import/bad-field' });
  expect(await refusal(code('expires_on', ''))).toMatchObject({ code: 'import/bad-date' });
  expect(await refusal(code('nik', '1671020101990000'))).toMatchObject({ detail: 'no record of this person' });
  expect(await refusal(code('pickup_code', budi.pickupCode))).toMatchObject({ row: 3, code: 'import/bad-field' });
});

test('a drop without numbers lands all the same', async () => {
  const folder = await copyOfGolden();
  await rename(join(folder, 'codes.csv'), join(folder, 'codes.txt'));
  const { store, take } = openOffice();
  expect(await take(folder)).toMatchObject({ landed: 8, codes: 0, refused: [] });
  expect(store.read((db) => findByNik(db, lookupKey, siti.row.nik))?.pickup).toBeNull();
});

test('a new number replaces the old one', async () => {
  const { store, take } = openOffice();
  await take(golden);
  const newer = '4000000001'.replace(/.$/, '');
  const { pickupNumber } = await import('#tools/population/citizen.ts');
  expect(await take(await dropWith('codes.csv', cell('pickup_code', pickupNumber(newer))))).toMatchObject({ codes: 1 });
  expect(store.read((db) => findByCode(db, lookupKey, siti.pickupCode))).toBeUndefined();
  expect(store.read((db) => findByCode(db, lookupKey, pickupNumber(newer)))?.record.nik).toBe(siti.row.nik);
});

test('a report names no person', async () => {
  const folder = await dropWith('records.csv', cell('status', 'NO'));
  await rm(photoOf(folder, budi));
  const said = JSON.stringify(await openOffice().take(folder));
  for (const { row, pickupCode } of people) {
    for (const secret of [row.nik, row.name, pickupCode]) expect(said).not.toContain(secret);
  }
});

test('neither NIK, number nor PIN can be read from the pick-up table', async () => {
  const { store, take } = openOffice();
  await take(golden);
  const stored = JSON.stringify(
    store.read((db) => db.prepare('SELECT code_hash, person, pin_verifier FROM pickup').all()),
  );
  for (const { row, pickupCode, pin } of people) {
    for (const secret of [row.nik, pickupCode, `"${pin}"`]) expect(stored).not.toContain(secret);
  }
});

test('the registry is asked for one status, and told of each card once', async () => {
  const folder = await copyOfGolden();
  const registry = openFileDrop(folder);
  expect(await registry.statusOf(siti.row.nik)).toBe('PRINT_READY_RECORD');
  expect(await registry.statusOf('1671020101990000')).toBeNull();
  const card = { nik: siti.row.nik, printedOn: today, printedWhere: 'SEBERANG ULU I, LOBBY', receipt: 'k3Jd' };
  await Promise.all([
    registry.reportPrinted(card),
    registry.reportPrinted({ ...card, nik: budi.row.nik }),
    registry.reportPrinted(card),
  ]);
  await openFileDrop(folder).reportPrinted(card);
  expect((await readFile(join(folder, 'reports', 'printed.csv'), 'utf8')).split('\n')).toEqual([
    'nik,printed_on,printed_where,receipt',
    `${siti.row.nik},${today},"SEBERANG ULU I, LOBBY",k3Jd`,
    `${budi.row.nik},${today},"SEBERANG ULU I, LOBBY",k3Jd`,
    '',
  ]);
});

test('a right that "data wrong" paused is usable again when the registry delivers another record of that person', async () => {
  const { store, take } = openOffice();
  await take(golden);
  const people = store.read((db) => db.prepare('SELECT person, nik FROM record').all()) as {
    person: string;
    nik: string;
  }[];
  store.write('story', (db) => {
    const pause = db.prepare("INSERT INTO print_right VALUES (?, ?, 1, 'paused', NULL, NULL, NULL, 0)");
    for (const { person } of people) pause.run(`right-of-${person}`, person);
  });
  const paused = () =>
    store.read((db) => db.prepare("SELECT count(*) AS n FROM print_right WHERE state = 'paused'").get()) as {
      n: number;
    };
  await take(golden);
  expect(paused().n).toBe(people.length);
  await take(await dropWith('records.csv', cell('address', 'JL. BARU NO. 1')));
  expect(paused().n).toBe(people.length - 1);
});
