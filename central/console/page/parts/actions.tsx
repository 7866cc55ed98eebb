import type { Task } from '#central/console/morning.ts';
import { linkTo } from '../server.ts';
import { actionWords } from '../words/actions.ts';
import { owners, type Tone } from '../words/names.ts';
import { age, due } from '../words/time.ts';

const tones = { urgent: 'bad', warning: 'warn', info: 'none' } satisfies Record<Task['severity'], Tone>;

export function ActionItem({
  action,
  site,
  nowMs,
  full,
}: {
  action: Task;
  site: string;
  nowMs: number;
  full: boolean;
}) {
  const { what, todo } = actionWords(action);
  const late = action.dueMs !== null && action.dueMs < nowMs;
  const ofAll = linkTo(action.what === 'anomaly' ? 'janggal' : 'cari');
  const link = action.kiosk === null ? ofAll : linkTo('mesin', action.kiosk);
  return (
    <li class="action">
      <span class={`dot ${tones[action.severity]}`} title={action.severity} />
      <div>
        <p>
          <a href={link}>{action.kiosk === null ? 'Semua mesin' : site}</a> {what}
        </p>
        {full && <p class="quiet">{todo}</p>}
        <p class="quiet small">
          {owners[action.owner]}
          {action.sinceMs !== null && ` · sejak ${age(nowMs - action.sinceMs)}`}
          {action.dueMs !== null && (
            <span class={late ? 'late' : ''}>
              {' '}
              · {late ? '' : 'batas '}
              {due(action.dueMs, nowMs)}
            </span>
          )}
        </p>
      </div>
    </li>
  );
}
