import type { EntryLine } from '#central/fleet/entry-line.ts';
import { tell } from '../words/entries.ts';
import { clockSeconds } from '../words/time.ts';

/** So long after it happened a fact counts as one that came in late. */
const lateMs = 60_000;

/** A story, one fact a line, in the order in which the kiosk wrote them. */
export function Timeline({ lines }: { lines: readonly EntryLine[] }) {
  return (
    <ol class="timeline">
      {lines.map((line) => (
        <Fact key={`${line.kiosk} ${line.epoch} ${line.seq}`} line={line} />
      ))}
    </ol>
  );
}

function Fact({ line }: { line: EntryLine }) {
  const { text, more, tone = 'none' } = tell(line);
  const late = line.receivedMs - line.atMs > lateMs;
  return (
    <li class={`${tone} ${line.type.startsWith('print.') ? 'act' : ''}`}>
      <time>{clockSeconds(line.atMs)}</time>
      <div>
        <p>{text}</p>
        {more && <p class="quiet">{more}</p>}
      </div>
      <p class="proof quiet" title="Nomor urut dan sidik catatan, seperti pada tanda terima">
        {late && <span>tiba {clockSeconds(line.receivedMs)} · </span>}#{line.seq} <code>{line.hash}</code>
      </p>
    </li>
  );
}
