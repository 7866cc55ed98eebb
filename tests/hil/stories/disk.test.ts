import { expect } from 'vitest';
import { openPlace, simulatedStory } from '#tests/hil/place/open-place.ts';

const writes = ['print.intended', 'print.inking', 'print.printed', 'print.presenting', 'print.outcome'] as const;

simulatedStory.for(writes)(
  'the disk fails at %s: nothing is said and nothing moves any more in that life',
  async (write) => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    await siti.asksForHerCard({ until: 'review' });
    place.kiosk.losesItsDiskAt(write);
    place.touches({ tap: 'answer', answer: 'yes' });
    if (write === 'print.outcome') await place.handTakesCard(siti);
    expect(await place.kiosk.hasEnded()).toContain('StoreBroken');
    const after = place.world.history.length;
    await place.passes(5);
    expect(place.world.history.slice(after).filter(({ card }) => card !== undefined)).toEqual([]);

    place.kiosk.dies();
    await place.kiosk.starts();
    await place.isReady();
    await siti.asksForHerCard();
    await place.screenShows('take-card', 'right/held', 'right/in-doubt', 'right/already-issued');
    if (place.screen.screen.at === 'take-card') await siti.takesTheCard();
    await siti.goesHome();
    const inked = write === 'print.inking' || write === 'print.printed'; // and the body lies in the box, for two people
    await place.addsUp({
      inDoubt: inked ? place.entries('print.outcome').filter(({ data }) => data.outcome === 'in-doubt').length : 0,
    });
  },
);

simulatedStory('the disk is full: the controller ends before anything that it could not write down', async () => {
  await using place = await openPlace();
  place.kiosk.runsOutOfDisk();
  const served = (async () => {
    for (const code of ['FIRST-01', 'FIRST-02', 'FIRST-03', 'FIRST-04', 'FIRST-05']) {
      const citizen = place.citizen(code);
      await citizen.asksForTheirCard();
      await citizen.takesTheCard();
      await citizen.goesHome();
    }
  })();
  const ended = place.kiosk.hasEnded();
  await Promise.race([ended, served.catch(() => undefined)]);
  expect(await ended).toContain('StoreBroken');
  place.kiosk.dies();
  await served.catch(() => undefined);
  await place.kiosk.starts();
  await place.isReady();
  await place.addsUp();
});
