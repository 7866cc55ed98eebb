import type { CaseKind } from '#controller/operators/cases.ts';
import type { Place } from './open-place.ts';
import { kioskOf } from './scene.ts';

/** The two who sign together at the desk. */
export const two = ['OP-DEWI', 'OP-AGUS'];

export const controllerOf = (place: Place) => kioskOf(place.scene).controller;

/** What does not add up now, oldest first. */
export const openCaseKinds = (place: Place): CaseKind[] =>
  controllerOf(place)
    .desk.cases()
    .map(({ kind }) => kind);
