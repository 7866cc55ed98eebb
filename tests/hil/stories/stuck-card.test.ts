import { expect } from 'vitest';
import { openPlace, simulatedStory } from '#tests/hil/place/open-place.ts';

simulatedStory(
  'while a card is stuck inside nobody types a PIN in vain, and once it can move the kiosk opens again',
  async () => {
    await using place = await openPlace();
    const siti = place.citizen('FIRST-01');
    await siti.asksForHerCard();
    await siti.leavesTheCard();
    const room = place.world.rejectBox.capacity;
    Object.assign(place.world.rejectBox, { capacity: 0 }); // the box is full to the last card
    await siti.waits(125);
    await siti.goesHome();
    expect(place.entries('print.outcome').map(({ data }) => data.outcome)).toEqual(['in-doubt']);
    await siti.waits(20);
    expect(place.screen.screen).toMatchObject({ at: 'welcome', service: { mode: 'status-only' } });

    Object.assign(place.world.rejectBox, { capacity: room }); // the operators have emptied it
    await place.isReady();
    const budi = place.citizen('FIRST-02');
    await budi.asksForHisCard();
    await budi.takesTheCard();
    await place.addsUp({ inDoubt: 1 });
  },
);
