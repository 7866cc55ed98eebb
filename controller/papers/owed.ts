import { isProblemCode } from '#contract/problems/codes.ts';
import { shortHash } from '#contract/uplink/chain.ts';
import type { Entry } from '#contract/uplink/entries.ts';
import { effectOf } from '#controller/visit/screen.ts';
import type { PaperLine } from '#drivers/receipt-printer/receipt-printer.ts';
import type { Store } from '#kit/store.ts';
import { type PaperSite, receiptPaper, slipPaper } from './papers.ts';

export interface OwedPaper {
  paper: 'receipt' | 'slip' | 'referral';
  lines: PaperLine[];
}

/**
 * A paper that could not be printed when it was due, made again from the journal alone: the journal knows no name, so the
 * receipt shows no initials. Null where nothing is owed for this visit number.
 */
export function owedPaper(store: Store, site: PaperSite, visitNo: string): OwedPaper | null {
  const owed = store.read((db) => db.prepare('SELECT paper FROM owed_paper WHERE visit_no = ?').get(visitNo)) as
    | Pick<OwedPaper, 'paper'>
    | undefined;
  if (!owed) return null;
  const rows = entriesOf(store, visitNo);
  const lines = owed.paper === 'receipt' ? receiptLines(rows, site, visitNo) : slipLines(rows, site, visitNo);
  return lines && { paper: owed.paper, lines };
}

interface Row {
  entry: Entry;
  hash: Uint8Array;
}

function entriesOf(store: Store, visitNo: string): Row[] {
  const rows = store.read((db) =>
    db.prepare("SELECT text, hash FROM journal WHERE json_extract(text, '$.visitNo') = ? ORDER BY seq").all(visitNo),
  );
  return (rows as { text: string; hash: Uint8Array }[]).map(({ text, hash }) => ({
    entry: JSON.parse(text) as Entry,
    hash,
  }));
}

function receiptLines(rows: Row[], site: PaperSite, visitNo: string): PaperLine[] | null {
  const issued = rows.find(({ entry }) => entry.type === 'print.outcome' && entry.data.outcome === 'issued');
  const lease = rows.find(({ entry }) => entry.type === 'lease.received')?.entry;
  if (!issued) return null;
  const rule = lease?.type === 'lease.received' ? lease.data.rule : '';
  return receiptPaper(
    site,
    { visitNo, wallMs: issued.entry.at.wallMs },
    { initials: null, rule, shortHash: shortHash(issued.hash) },
  );
}

function slipLines(rows: Row[], site: PaperSite, visitNo: string): PaperLine[] | null {
  const ended = rows.find(({ entry }) => entry.type === 'visit.ended')?.entry;
  if (ended?.type !== 'visit.ended' || !isProblemCode(ended.data.code)) return null;
  const effect = effectOf({ code: ended.data.code, params: {} }, { officerPresent: true, nextAt: null });
  return slipPaper(site, { visitNo, wallMs: ended.at.wallMs }, effect);
}
