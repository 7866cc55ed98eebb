import { useState } from 'preact/hooks';
import { Icon } from './parts/icon.tsx';
import { ask } from './server.ts';

interface Refusal {
  waitMs?: number;
}

function why(status: number, body: Refusal | null): string {
  if (status === 0) return 'Kantor tidak menjawab. Coba lagi sebentar.';
  if (status === 429)
    return `Terlalu banyak percobaan. Coba lagi ${Math.ceil((body?.waitMs ?? 0) / 60_000)} menit lagi.`;
  return 'Nama atau kata sandi tidak cocok.';
}

export function SignIn({ onIn }: { onIn: (name: string) => void }) {
  const [name, setName] = useState('admin');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: Event) {
    event.preventDefault();
    setBusy(true);
    const { status, body } = await ask<{ name: string } & Refusal>('sign-in', { name, password });
    setBusy(false);
    if (status === 200 && body) return onIn(body.name);
    setPassword('');
    setProblem(why(status, body));
  }

  return (
    <main class="door">
      <form class="sheet door-sheet" onSubmit={submit}>
        <Icon size={44} />
        <h1>Anjungan</h1>
        <p class="quiet">Konsol pusat</p>
        <label>
          Nama
          <input
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
            autocomplete="username"
            required
          />
        </label>
        <label>
          Kata sandi
          <input
            type="password"
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
            autocomplete="current-password"
            required
          />
        </label>
        <p class="problem" role="alert">
          {problem}
        </p>
        <button type="submit" class="main" disabled={busy}>
          {busy ? 'Memeriksa …' : 'Masuk'}
        </button>
        <p class="quiet small">Kata sandi pertama dicetak sekali oleh program pusat saat pertama kali dijalankan.</p>
      </form>
    </main>
  );
}
