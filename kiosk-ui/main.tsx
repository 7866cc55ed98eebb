import { render } from 'preact';
import { App } from './app.tsx';
import { connect } from './connection.ts';
import { firstView, nextView } from './view.ts';

const place = document.getElementById('app');
if (!place) throw new Error('index.html has no #app');

let view = firstView;
const connection = connect({
  openEvents: () => new EventSource('/state'),
  post: (request) =>
    fetch('/tap', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    }),
  show(state) {
    view = nextView(view, state);
    draw(place);
  },
});

function draw(root: Element) {
  document.documentElement.lang = view.lang;
  render(<App view={view} tap={connection.tap} />, root);
}

// The page has no timer. Where the browser gave up, each beat of the drawing on the waiting screen, or a touch, asks again.
document.addEventListener('animationiteration', connection.reopen);
document.addEventListener('pointerdown', connection.reopen);
draw(place);
