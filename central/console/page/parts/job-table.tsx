import type { Job } from '#central/fleet/jobs.ts';
import { linkTo } from '../server.ts';
import { phases, printOutcomes } from '../words/names.ts';
import { causeOf } from '../words/problem.ts';
import { lasting, moment } from '../words/time.ts';
import { Empty, Mark } from './marks.tsx';

export function JobTable({ jobs, nowMs, withKiosk }: { jobs: readonly Job[]; nowMs: number; withKiosk: boolean }) {
  if (jobs.length === 0) return <Empty>Belum ada kartu yang dicetak.</Empty>;
  return (
    <table>
      <thead>
        <tr>
          <th>Mulai</th>
          {withKiosk && <th>Mesin</th>}
          <th>Kunjungan</th>
          <th>Hasil</th>
          <th class="number">Lama</th>
          <th>Sebab</th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <tr key={job.subject}>
            <td class="nowrap">
              <a href={linkTo('cetak', job.subject)}>{moment(job.startedMs, nowMs)}</a>
            </td>
            {withKiosk && <td>{job.kiosk}</td>}
            <td class="nowrap">
              {job.visitNo ?? '–'}
              {job.attempt > 1 && <span class="quiet"> · percobaan {job.attempt}</span>}
            </td>
            <td>
              <Outcome job={job} />
            </td>
            <td class="number">{job.endedMs === null ? '–' : lasting(job.endedMs - job.startedMs)}</td>
            <td class="quiet">{job.reason && job.reason !== 'done' ? causeOf(job.reason) : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Outcome({ job }: { job: Job }) {
  if (job.outcome === null) return <Mark tone="none">{phases[job.phase] ?? job.phase} …</Mark>;
  const { name, tone } = printOutcomes[job.outcome];
  return <Mark tone={tone}>{name}</Mark>;
}
