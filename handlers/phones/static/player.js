// The bar that plays the scenes.
import { byId, el, show } from './dom.js';
import { say, pick, role, word } from './words.js';
import { post } from './wire.js';

let last = null;
let scenes = [];
let roleOf = () => '';

// startPlayer wires the keys; acting(id) is called with the phone that the scene turns to, holder(id) names its role.
export function startPlayer(acting, holder) {
  roleOf = holder;
  for (const act of ['start', 'pause', 'resume', 'stop']) {
    byId(`play-${act}`).addEventListener('click', async () => {
      await post('/play', act === 'start' ? { do: act, scene: byId('play-scene').value } : { do: act });
      const next = { start: 'pause', pause: 'resume', resume: 'pause', stop: 'start' }[act];
      byId(`play-${next}`).focus();
    });
  }
  byId('play-scene').addEventListener('change', redrawPlayer);
  return (view) => {
    const moved = view.step !== last?.step || view.status !== last?.status;
    const begun = view.scene !== last?.scene;
    last = view;
    if (begun) byId('play-scene').value = view.scene;
    redrawPlayer();
    if (moved) acting(underWay(view) ? view.who : null);
  };
}

const underWay = (view) => ['playing', 'paused'].includes(view.status);

// offerScenes fills the list from which one chooses.
export function offerScenes(list) {
  const select = byId('play-scene');
  const chosen = select.value;
  scenes = list;
  select.replaceChildren(...list.map((s) => el('option', { value: s.id }, pick(s.title))));
  if (chosen) select.value = chosen;
}

export function redrawPlayer() {
  if (!last) return;
  const { status, scene, step, steps } = last;
  const under = underWay(last);
  const select = byId('play-scene');
  scenes.forEach((s, i) => { select.options[i].textContent = pick(s.title); });
  select.disabled = under;
  byId('play-choose').classList.toggle('under', under);
  show(!under, byId('play-start'));
  show(status === 'playing', byId('play-pause'));
  show(status === 'paused', byId('play-resume'));
  show(under, byId('play-stop'), byId('play-progress'));
  say(byId('play-start').querySelector('span'), status === 'idle' || select.value !== scene ? 'play.start' : 'play.again');
  byId('play-progress').max = steps;
  byId('play-progress').value = step;
  const node = byId('play-caption');
  const text = caption(last, select.value);
  delete node.dataset.word;
  if (node.textContent !== text) node.textContent = text;
}

// caption is the sentence of the bar: of the step under way, of how it ended, or of what one can do.
function caption(view, chosen) {
  const args = { n: view.step, role: role(roleOf(view.who)) };
  if (underWay(view)) return pick(view.caption);
  if (chosen !== view.scene) return word('play.hint');
  if (view.status === 'done') return `${pick(view.caption)} ${word('play.done')}`;
  if (view.status === 'failed' && view.why === 'button') return word('play.no_button', args);
  if (view.status === 'failed' && view.why === 'answer') return word('play.no_answer', args);
  return view.status === 'failed' ? word('play.failed', args) : word('play.hint');
}
