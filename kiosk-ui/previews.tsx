import { render } from 'preact';
import type { Language } from '#contract/screen/screen-state.ts';
import { allPreviews, previewNames } from './all-previews.ts';
import { App } from './app.tsx';
import { firstView, nextView, type View } from './view.ts';

/** For looking at, never in the built page: `previews.html#pin-wrong,en` draws one state; without a name it lists all. */
const place = document.getElementById('app') as HTMLElement;
const siteOnly: View = { ...firstView, site: 'Seberang Ulu I' };

function draw() {
  const [name = '', lang = 'id'] = location.hash.slice(1).split(',') as [string?, Language?];
  render(null, place); // what was typed or pressed in the last one is gone
  const view = viewOf(name, lang);
  document.documentElement.lang = lang;
  render(view ? <App view={view} tap={(tap) => console.info('tap', JSON.stringify(tap))} /> : <Contents />, place);
  document.body.dataset.drawn = location.hash;
}

function viewOf(name: string, lang: Language): View | null {
  if (name === 'connection-lost') return { ...siteOnly, lang };
  const preview = allPreviews[name];
  return preview ? nextView(siteOnly, { ...calm, lang, ...preview }) : null;
}

/** An ordinary moment of an ordinary visit. */
const calm = {
  rev: 1,
  pace: 1 as const,
  visitNo: 'SU1-4821-7',
  secondsLeft: null,
  warning: false,
  officerCalled: false,
};

function Contents() {
  return (
    <ul class="contents">
      {previewNames.map((name) => (
        <li key={name}>
          <a href={`#${name},id`}>{name}</a> <a href={`#${name},en`}>en</a>
        </li>
      ))}
    </ul>
  );
}

window.addEventListener('hashchange', draw);
draw();
