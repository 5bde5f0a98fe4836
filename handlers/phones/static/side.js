// What stands beside the phones: where a place is picked, the table of cases, the jobs that ran.
import { el, byId, show } from './dom.js';
import { say, word, pick, shortDate, lastDay, role } from './words.js';
import { post, notice } from './wire.js';
import { loadMap, choose, whereIs, cellOf, middle, mark } from './map.js';

let point = null;
let asking = null; // the phone that waits for a place
let cases = [];
let fired = [];

let picked = () => {};

// drawMap draws the map; chats show pieces of it, so it must be there before them.
export const drawMap = () => loadMap((lon, lat) => {
  byId('map-township').value = '';
  setPoint(lon, lat);
  picked();
});

// startSide lets places be sent. phones are those that may; page.placed(phone) is called after one was sent.
export function startSide(phones, page) {
  const sender = byId('map-sender');
  sender.append(...phones.map((p) => el('option', { value: p.id })));
  nameSenders(phones);
  picked = () => {
    if (asking) sendPlace(phones, page);
  };
  byId('map-township').addEventListener('change', (event) => {
    const cell = cellOf(event.target.value);
    if (cell) setPoint(...middle(cell));
  });
  byId('map-send').addEventListener('click', () => sendPlace(phones, page));
  sender.addEventListener('change', () => page.activate(phones.find((p) => p.id === sender.value)));
}

export function nameSenders(phones) {
  for (const option of byId('map-sender').options) {
    const p = phones.find((phone) => phone.id === option.value);
    option.textContent = `${role(p.role)} ${p.name}`;
  }
}

export function setSender(phone) {
  byId('map-sender').value = phone.id;
  if (asking && asking !== phone) ask(null);
}

// ask tells that a phone waits for a place; the next click sends it.
export function ask(phone) {
  asking = phone;
  byId('map').classList.toggle('asking', Boolean(phone));
  if (phone) {
    byId('map-sender').value = phone.id;
    say(byId('map-hint'), 'map.asked', { name: phone.name });
    byId('map-township').focus();
  } else {
    say(byId('map-hint'), 'map.hint');
  }
}

function setPoint(lon, lat) {
  point = { lon: Number(lon.toFixed(6)), lat: Number(lat.toFixed(6)) };
  choose(point.lon, point.lat);
  byId('map-picked').textContent = `${whereIs(point.lon, point.lat)} ${point.lat.toFixed(5)}, ${point.lon.toFixed(5)}`;
  byId('map-send').disabled = false;
}

// fix is how exact a phone says that it knows its own place, in metres; a place picked by hand says nothing.
const fix = 20;

async function sendPlace(phones, page) {
  const phone = asking ?? phones.find((p) => p.id === byId('map-sender').value);
  const accuracy = phone.keys.asksPlace() ? fix : 0;
  if (!await post('/location', { phone: phone.id, ...point, accuracy })) return;
  ask(null);
  page.placed(phone);
}

// showCases draws the table and marks the cells; what changed lights up.
export function showCases(next) {
  const before = new Map(cases.map((c) => [c.number, JSON.stringify(c)]));
  cases = next;
  const counts = new Map();
  for (const c of cases.filter((one) => !one.done)) {
    const n = counts.get(c.code) ?? { open: 0, late: false };
    counts.set(c.code, { open: n.open + 1, late: n.late || c.late });
  }
  mark(counts);
  if (!cases.length) {
    byId('cases').replaceChildren(say(el('p', { class: 'hint' }), 'cases.none'));
    return;
  }
  const heads = ['number', 'state', 'cell', 'due'].map((name) => say(el('th', { scope: 'col' }), `cases.${name}`));
  byId('cases').replaceChildren(el('table', {}, el('thead', {}, el('tr', {}, ...heads)),
    el('tbody', {}, ...cases.map((c) => caseRow(c, before.size > 0 && before.get(c.number) !== JSON.stringify(c))))));
}

function caseRow(c, changed) {
  const due = c.due && !c.done ? lastDay(Date.parse(c.due)) : '—';
  return el('tr', { class: [c.late && !c.done ? 'late' : '', c.done ? 'done' : '', changed ? 'changed' : ''].join(' ').trim() },
    el('td', { class: 'number' }, c.number, c.report ? el('small', {}, c.report) : null), el('td', {}, el('span', { class: 'state' }, pick(c.state))), el('td', {}, pick(c.cell)),
    el('td', {}, due, c.late && !c.done ? el('b', {}, ` ${word('cases.late')}`) : null));
}

// showFired lists the jobs that ran, the latest first.
export function showFired(more, anew) {
  fired = anew ? [...more] : [...fired, ...more].slice(-50);
  const list = byId('fired');
  if (!fired.length) {
    list.replaceChildren(say(el('li', { class: 'hint' }), 'fired.none'));
    return;
  }
  list.replaceChildren(...[...fired].reverse().map((f) => el('li', {}, el('time', {}, shortDate(f.at)), el('span', {}, f.times > 1 ? `${f.job} ×${f.times}` : f.job))));
}

export function redraw(phones) {
  nameSenders(phones);
  showCases(cases);
  showFired([], false);
}

// startClock wires the keys that move the clock on.
export function startClock(moves) {
  const keys = byId('clock-keys');
  show(moves, keys);
  for (const key of keys.querySelectorAll('button')) {
    key.addEventListener('click', async () => {
      keys.setAttribute('aria-busy', 'true');
      notice(word('clock.moving'));
      const moved = await post('/advance', { by: key.dataset.by });
      keys.removeAttribute('aria-busy');
      if (moved) notice(moved.fired.length ? word('clock.fired', { n: moved.fired.reduce((sum, f) => sum + f.times, 0) }) : word('clock.none'));
    });
  }
}
