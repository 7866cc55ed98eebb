import type { Morning } from '#central/console/morning.ts';
import type { EntryLine } from '#central/fleet/entry-line.ts';
import type { Job } from '#central/fleet/jobs.ts';
import { Outcome } from '../parts/job-table.tsx';
import { Sheet, Waiting } from '../parts/marks.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { linkTo, useAnswer } from '../server.ts';
import { lasting, longDate } from '../words/time.ts';
import { factsIn, siteOf } from './shared.ts';

/** The story of one card, from the right to the hand. */
export function JobPage({ subject, overview }: { subject: string; overview: Morning }) {
  const answer = useAnswer<{ job: Job; lines: EntryLine[] }>(
    `job?subject=${encodeURIComponent(subject)}`,
    factsIn(overview),
  );
  if (answer === null || answer === 'away') return <Waiting answer={answer} />;
  const { job, lines } = answer;
  return (
    <>
      <p class="trail">
        <a href={linkTo('cetak')}>Pekerjaan cetak</a> / {job.visitNo ?? 'tanpa kunjungan'}
      </p>
      <div class="columns">
        <Sheet title={`Perjalanan satu kartu`} aside={longDate(job.startedMs)} class="wide">
          <Timeline lines={lines} />
        </Sheet>
        <Sheet title="Ringkasan">
          <dl class="facts">
            <dt>Hasil</dt>
            <dd>
              <Outcome job={job} />
            </dd>
            <dt>Kunjungan</dt>
            <dd>{job.visitNo ?? '–'}</dd>
            <dt>Mesin</dt>
            <dd>
              <a href={linkTo('mesin', job.kiosk)}>{siteOf(overview, job.kiosk)}</a>
            </dd>
            <dt>Percobaan</dt>
            <dd>{job.attempt}</dd>
            <dt>Lama cetak</dt>
            <dd>{job.endedMs === null ? 'belum selesai' : lasting(job.endedMs - job.startedMs)}</dd>
            <dt>Bukti tanda terima</dt>
            <dd>
              <code>{lines.find(({ type }) => type === 'print.outcome')?.hash ?? '–'}</code>
            </dd>
          </dl>
        </Sheet>
      </div>
    </>
  );
}
