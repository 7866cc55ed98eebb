import { useEffect, useState } from 'preact/hooks';
import { Frame } from './frame.tsx';
import { ask } from './server.ts';
import { SignIn } from './sign-in.tsx';

/** Asks who is signed in, then shows the door or the office. */
export function App() {
  const [name, setName] = useState<string | null | 'asking'>('asking');
  useEffect(() => {
    ask<{ name: string | null }>('me').then(({ body }) => setName(body?.name ?? null));
  }, []);
  if (name === 'asking') return <p class="quiet centre">Membuka …</p>;
  if (name === null) return <SignIn onIn={setName} />;
  return <Frame name={name} onOut={() => setName(null)} />;
}
