import { ActionItem } from '../parts/actions.tsx';
import { Empty, Sheet } from '../parts/marks.tsx';
import { siteOf, type ViewProps } from './shared.ts';

/** Everything that waits for a person: the overdue first, then the most severe, then the oldest. */
export function WorkListPage({ overview, nowMs }: ViewProps) {
  const { actions } = overview;
  return (
    <Sheet title="Perlu tindakan" aside="lewat waktu dulu, lalu yang paling berat, lalu yang paling lama">
      {actions.length === 0 && <Empty>Tidak ada yang menunggu.</Empty>}
      <ul class="list roomy">
        {actions.map((action, index) => (
          <ActionItem key={index} action={action} site={siteOf(overview, action.kiosk ?? '')} nowMs={nowMs} full />
        ))}
      </ul>
    </Sheet>
  );
}
