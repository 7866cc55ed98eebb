import { expect } from 'vitest';
import { holdsReferences, inTheMiddleOfAPicture } from '#tests/hil/place/fingers.ts';
import { openPlace, type Place, simulatedStory } from '#tests/hil/place/open-place.ts';

/** A glass to put fingers on; central holds both index fingers of everybody, unless it is said otherwise. */
const withGlass = (enrolled = {}) => openPlace({ cabinet: { scanner: enrolled } });
const endOf = (place: Place) => place.entries('visit.ended').at(-1)?.data;

simulatedStory('a finger is recognised at the first try: PIN and finger, and the card comes', async () => {
  await using place = await withGlass();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  expect(place.watch.steps).toEqual(expect.arrayContaining(['pin', 'finger', 'review']));
  expect(endOf(place)).toMatchObject({
    ...{ outcome: 'issued', proofs: ['pin', 'finger'] },
    fingers: { comparisons: 1, poor: 0 },
  });
  await place.addsUp();
});

simulatedStory('a poor picture is told what helps, and is no try', async () => {
  await using place = await withGlass();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'finger' });
  for (const [manner, say] of [
    ['lightly', 'press'],
    ['beside', 'centre'],
  ] as const) {
    await siti.putsTheFinger({ manner });
    expect(place.screen.screen).toMatchObject({ at: 'finger', say, triesLeft: 4, finger: 'right-index' });
  }
  await siti.putsTheFinger({ manner: 'lightly' });
  expect(place.screen.screen, 'after three the other finger').toMatchObject({ say: 'other', finger: 'left-index' });
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(endOf(place)).toMatchObject({ proofs: ['pin', 'finger'], fingers: { comparisons: 1, poor: 3 } });
  await place.addsUp();
});

simulatedStory('after four fingers of a stranger the officer looks, knows the person, and the card comes', async () => {
  await using place = await withGlass();
  place.operator.opensDuty();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'finger' });
  for (const left of [3, 2, 1]) {
    await siti.putsTheFinger({ of: 'stranger' });
    expect(place.screen.screen).toMatchObject({ at: 'finger', triesLeft: left });
  }
  await siti.putsTheFinger({ of: 'stranger' });
  expect(place.screen.screen).toMatchObject({ at: 'officer-proof', why: 'fingerprint/not-recognised', back: false });
  expect(place.screen.officerCalled).toBe(true);
  const seen = place.operator.looksAtThePerson();
  expect(seen.name).toBe(siti.name);
  expect(Buffer.from(seen.photo, 'base64').subarray(0, 2)).toEqual(Buffer.of(0xff, 0xd8));
  place.operator.identifies({ document: 'KK', reason: 'worn' });
  expect(place.screen.officerCalled).toBe(false);
  await place.screenShows('review');
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(endOf(place)).toMatchObject({
    ...{ outcome: 'issued', proofs: ['pin', 'officer'] },
    fingers: { comparisons: 4, poor: 0, vouchedBy: 'op-1' },
  });
  const acts = place.entries('operator.acted').map(({ data }) => data);
  expect(acts).toContainEqual({ action: 'identified', operatorId: 'op-1', document: 'KK', reason: 'worn' });
  expect(acts).toContainEqual({ action: 'saw-person', operatorId: 'op-1' });
  await place.addsUp();
});

simulatedStory('somebody without an enrolled finger goes to the officer at once', async () => {
  await using place = await withGlass({ 'FINGERS-01': [] });
  place.operator.opensDuty();
  const salamah = place.citizen('FINGERS-01');
  await salamah.asksForHerCard();
  expect(place.screen.screen).toMatchObject({ at: 'officer-proof', why: 'fingerprint/none-enrolled', back: false });
  expect(place.screen.officerCalled).toBe(true);
  place.operator.identifies({ reason: 'none-enrolled' });
  await place.screenShows('review');
  await salamah.asksForHerCard();
  await salamah.takesTheCard();
  expect(await place.cardsInHand(salamah)).toHaveLength(1);
  await place.addsUp();
});

simulatedStory('a record that cannot be read says so to the officer, and is nobody’s fault', async () => {
  await using place = await withGlass({ 'FIRST-01': ['unreadable'] });
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  expect(place.screen.screen).toMatchObject({ at: 'officer-proof', why: 'fingerprint/record-unreadable' });
  await place.addsUp();
  expect(endOf(place)).toMatchObject({ code: 'fingerprint/record-unreadable', right: 'kept', pin: 'kept' });
});

simulatedStory('somebody with one enrolled finger has all tries on it', async () => {
  await using place = await withGlass({ 'FIRST-01': ['left-index'] });
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'finger' });
  await siti.putsTheFinger({ of: 'stranger' });
  expect(place.screen.screen).toMatchObject({ finger: 'left-index', say: 'again', triesLeft: 3, hasOther: false });
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await place.addsUp();
});

simulatedStory('the scanner is pulled out while a finger is awaited: the officer is called', async () => {
  await using place = await withGlass();
  place.operator.opensDuty();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'finger' });
  place.technician.unplugs('fingerprint-scanner');
  await place.screenShows('officer-proof');
  expect(place.screen.screen).toMatchObject({ why: 'fingerprint-scanner/unreachable', back: true });
  place.operator.identifies({ reason: 'scanner' });
  await siti.asksForHerCard();
  await siti.takesTheCard();
  await place.addsUp();
});

simulatedStory(
  'the scanner is pulled out in the middle of a picture: no try is counted, and the glass works again',
  async () => {
    await using place = await withGlass();
    const siti = place.citizen('FIRST-01');
    await siti.asksForHerCard({ until: 'finger' });
    const read = inTheMiddleOfAPicture(place, () => place.technician.unplugs('fingerprint-scanner'));
    place.scene.hands('putFinger', 'FIRST-01', 'right-index', 'well');
    await place.screenShows('officer-proof');
    expect(await read).toBeLessThan(1);
    expect(place.screen.screen).toMatchObject({ why: 'fingerprint-scanner/unreachable', back: true });
    place.scene.hands('liftFinger');
    place.technician.plugsIn('fingerprint-scanner');
    await siti.goesBack();
    expect(place.screen.screen).toMatchObject({ at: 'finger', triesLeft: 4 });
    await siti.asksForHerCard();
    await siti.takesTheCard();
    expect(endOf(place)).toMatchObject({ proofs: ['pin', 'finger'], fingers: { comparisons: 1, poor: 0 } });
    await place.addsUp();
  },
);

simulatedStory('the officer is asked from the first second, and the way back to the glass stays open', async () => {
  await using place = await withGlass();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'finger' });
  await siti.callsTheOfficer();
  expect(place.screen.screen).toMatchObject({ at: 'officer-proof', why: null, back: true });
  await siti.goesBack();
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(endOf(place)).toMatchObject({ proofs: ['pin', 'finger'], helpCalled: true });
  await place.addsUp();
});

simulatedStory('four minutes without a finger lead to the officer, and nothing is lost', async () => {
  await using place = await withGlass();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'finger' });
  await siti.waits(12);
  expect(place.screen.screen).toMatchObject({ at: 'finger', say: 'no-finger', triesLeft: 4 });
  await siti.waits(230);
  expect(place.screen.screen).toMatchObject({ at: 'officer-proof', back: true });
  await place.addsUp();
  expect(endOf(place)).toMatchObject({ outcome: 'with-officer', right: 'kept', pin: 'kept' });
});

simulatedStory('only an officer who is on duty here may vouch, with a kind of document and a reason', async () => {
  await using place = await withGlass();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard({ until: 'pin' });
  place.operator.opensDuty();
  expect(() => place.operator.identifies(), 'before the PIN').toThrow('does not wait');
  place.operator.closesDuty();
  await siti.asksForHerCard({ until: 'finger' });
  expect(() => place.operator.identifies()).toThrow('not on duty');
  expect(() => place.operator.looksAtThePerson()).toThrow('not on duty');
  place.operator.opensDuty();
  expect(() => place.operator.identifies({ document: '1671 0101 0000 0001' })).toThrow('never its number');
  expect(() => place.operator.identifies({ reason: 'I know him' })).toThrow('--reason is one of');
  expect(place.screen.screen.at).toBe('finger');
  place.operator.identifies();
  expect(() => place.operator.identifies(), 'twice').toThrow('does not wait');
  expect(() => place.operator.looksAtThePerson(), 'out of curiosity').toThrow('does not wait');
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(() => place.operator.identifies()).toThrow('no visit');
  await place.addsUp();
});

simulatedStory.for(['recognised', 'vouched for', 'cancelled', 'timed out'] as const)(
  'nothing of a finger is left when somebody is %s: not in memory, not on the disk, not in the journal',
  async (end) => {
    await using place = await withGlass();
    place.operator.opensDuty();
    const held = await holdsReferences(place);
    const siti = place.citizen('FIRST-01');
    await siti.asksForHerCard({ until: 'finger' });
    expect(held.matches('FIRST-01'), 'while they are needed').toBe(true);
    if (end === 'recognised') await siti.putsTheFinger();
    if (end === 'vouched for') place.operator.identifies();
    if (end === 'cancelled') place.touches({ tap: 'leave' });
    if (end === 'timed out') await siti.waits(242 + 602);
    expect(place.screen.screen.at).not.toBe('finger');
    expect(held.matches('FIRST-01')).toBe(false);
    expect(held.filesThatTell()).toEqual([]);
    await place.addsUp();
  },
);
