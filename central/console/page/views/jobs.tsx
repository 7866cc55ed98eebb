import type { Job } from '#central/fleet/jobs.ts';
import { JobTable } from '../parts/job-table.tsx';
import { Sheet, Waiting } from '../parts/marks.tsx';
import { useAnswer } from '../server.ts';
import { factsIn, type ViewProps } from './shared.ts';

export function JobsPage({ overview, nowMs }: ViewProps) {
  const jobs = useAnswer<Job[]>('jobs', factsIn(overview));
  return (
    <Sheet title="Pekerjaan cetak" aside="100 terakhir; satu baris satu blangko">
      {jobs === null || jobs === 'away' ? <Waiting answer={jobs} /> : <JobTable jobs={jobs} nowMs={nowMs} withKiosk />}
    </Sheet>
  );
}
