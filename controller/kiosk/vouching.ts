import type { Journal } from '#controller/journal/journal.ts';
import type { Duty } from '#controller/operators/operators.ts';
import { named } from '#controller/operators/people.ts';
import type { Happening } from '#controller/visit/happenings.ts';
import type { Visit } from '#controller/visit/visit.ts';
import type { Session } from './session.ts';

/** Why a finger did not do: for the rates, and for whoever asks later. */
export const vouchReasons = ['worn', 'none-enrolled', 'refused', 'scanner', 'other'] as const;

export interface VouchingPorts {
  journal: Journal;
  duty: Duty;
  visit: () => Visit;
  session: () => Session | null;
  happen: (now: Happening) => void;
}

/** What an officer compares with the person in front of them. */
export interface PersonSeen {
  name: string;
  birthDate: string;
  /** JPEG, base64. */
  photo: string;
}

/** An officer in place of a finger. Both acts are named, and about the visit that stands on the screen now. */
export interface Vouching {
  /** The officer knows the person by a document and the portrait: written down first, then it counts as the proof. */
  identify(what: { visitNo: string; operatorId: string; document: string; reason: string }): void;
  /** The portrait in the record, with name and birth date: each look is an entry. */
  see(what: { visitNo: string; operatorId: string }): PersonSeen;
}

export function openVouching({ journal, duty, visit, session, happen }: VouchingPorts): Vouching {
  function waitingFor(visitNo: string, operatorId: string): Session {
    if (!duty.isOnDuty(named(operatorId))) throw new Error(`${operatorId} is not on duty here: open-duty comes first`);
    const open = session();
    if (!open || open.visitNo !== visitNo) throw new Error(`no visit ${visitNo} stands on the screen`);
    const { at } = visit();
    if (at !== 'officer-proof' && at !== 'finger') throw new Error(`visit ${visitNo} does not wait for an officer now`);
    return open;
  }

  function write(visitNo: string, data: { action: string; operatorId: string; document?: string; reason?: string }) {
    journal.record('operator.acted', (append) => append({ type: 'operator.acted', visitNo, data }));
  }

  return {
    identify({ visitNo, operatorId, document, reason }) {
      const { account } = waitingFor(visitNo, operatorId);
      const what = { document: kindOfDocument(document), reason: oneReason(reason) };
      write(visitNo, { action: 'identified', operatorId, ...what });
      account.vouchedBy = operatorId;
      happen({ type: 'officer-vouched' });
    },
    see({ visitNo, operatorId }) {
      const { record } = waitingFor(visitNo, operatorId);
      if (!record) throw new Error(`visit ${visitNo} has no record any more`);
      write(visitNo, { action: 'saw-person', operatorId });
      const { name, birthDate, portrait } = record.card;
      return { name, birthDate, photo: portrait };
    },
  };
}

/** The journal holds nothing personal, and the number of a family card is. */
function kindOfDocument(text: string): string {
  const kind = text.trim().slice(0, 40);
  if (!kind) throw new Error('this needs the kind of document: --document KK');
  if (/\d{4}/.test(kind.replaceAll(/[\s.-]/g, ''))) throw new Error('only the kind of document, never its number');
  return kind;
}

function oneReason(text: string): string {
  if ((vouchReasons as readonly string[]).includes(text)) return text;
  throw new Error(`--reason is one of ${vouchReasons.join(', ')}`);
}
