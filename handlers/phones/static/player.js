// The bar that plays the example.
import { byId, show } from './dom.js';
import { say, pick, word } from './words.js';
import { post } from './wire.js';

let last = null;

// startPlayer wires the keys; acting(id) is called with the phone that the example turns to.
export function startPlayer(acting) {
  for (const act of ['start', 'pause', 'resume', 'stop']) {
    byId(`play-${act}`).addEventListener('click', async () => {
      await post('/play', { do: act });
      const next = { start: 'pause', pause: 'resume', resume: 'pause', stop: 'start' }[act];
      byId(`play-${next}`).focus();
    });
  }
  return (view) => {
    const moved = view.step !== last?.step || view.status !== last?.status;
    last = view;
    redrawPlayer();
    if (moved) acting(['playing', 'paused'].includes(view.status) ? view.who : null);
  };
}

export function redrawPlayer() {
  if (!last) return;
  const { status, step, steps, caption } = last;
  const under = status === 'playing' || status === 'paused';
  show(!under, byId('play-start'));
  show(status === 'playing', byId('play-pause'));
  show(status === 'paused', byId('play-resume'));
  show(under, byId('play-stop'), byId('play-progress'));
  say(byId('play-start').querySelector('span'), status === 'idle' ? 'play.start' : 'play.again');
  byId('play-progress').max = steps;
  byId('play-progress').value = step;
  const node = byId('play-caption');
  const text = under ? pick(caption) : word({ done: 'play.done', failed: 'play.failed' }[status] ?? 'play.hint');
  delete node.dataset.word;
  if (node.textContent !== text) node.textContent = text;
}
