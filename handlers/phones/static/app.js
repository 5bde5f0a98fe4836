// The page: it asks once for everything, then follows what happens.
import { el, byId } from './dom.js';
import { loadWords, setLanguage, currentLanguage, say, word, dateAndTime, role } from './words.js';
import { getJSON, listen, notice } from './wire.js';
import { newPhone, receive, reload, retranslate, toEnd } from './phone.js';
import { drawMap, startSide, setSender, ask, showCases, showFired, startClock, redraw } from './side.js';
import { startPlayer, offerScenes, redrawPlayer } from './player.js';

const places = 3; // phones side by side; those beyond share the last place
const narrow = matchMedia('(max-width: 959px)');
let phones = [];
let active = null;
let shared = null; // who is seen in the last place
let tab = null; // what is seen when there is room for one thing only: a phone's id, or "side"
let now = 0;
let stop = () => {};
let lost = false;

const byPhone = (id) => phones.find((p) => p.id === id);
const visible = (phone) => (narrow.matches ? tab === phone.id : phones.indexOf(phone) < places - 1 || phone === shared);

const page = {
  activate(phone) {
    if (active === phone) return;
    active = phone;
    for (const p of phones) p.node.classList.toggle('active', p === phone);
    setSender(phone);
  },
  askPlace(phone) {
    page.activate(phone);
    if (narrow.matches) reveal('side');
    ask(phone);
  },
  placed(phone) {
    reveal(phone.id);
    phone.composer.focus();
  },
};

// reveal brings a phone, or the map, into view.
function reveal(id) {
  const phone = byPhone(id);
  tab = id;
  if (phone) {
    if (phones.indexOf(phone) >= places - 1) shared = phone;
    page.activate(phone);
  }
  arrange();
  if (phone) toEnd(phone);
}

// arrange shows what is to be seen and counts what is not.
function arrange() {
  for (const p of phones) {
    p.node.classList.toggle('shown-wide', phones.indexOf(p) < places - 1 || p === shared);
    p.node.classList.toggle('shown-narrow', p.id === tab);
    if (visible(p)) p.unread = 0;
    holder(p);
  }
  byId('panel-side').classList.toggle('shown-narrow', tab === 'side');
  drawTabs();
}

// holder writes whose phone it is; phones that share a place get a key for each of them.
function holder(phone) {
  const sharing = phones.slice(places - 1);
  if (!sharing.includes(phone) || sharing.length < 2) {
    phone.head.replaceChildren(say(el('span', { class: 'role' }), `role.${phone.role}`), el('strong', {}, phone.name));
    return;
  }
  const keys = sharing.map((p) => el('button', { type: 'button', 'aria-pressed': String(p === phone), on: { click: () => switchTo(p) } },
    role(p.role), badge(p)));
  phone.head.replaceChildren(say(el('div', { class: 'switch', role: 'group' }, ...keys), 'phone.others', null, 'label'), el('strong', {}, phone.name));
}

function switchTo(phone) {
  reveal(phone.id);
  phone.head.querySelector('[aria-pressed="true"]')?.focus();
}

function badge(phone) {
  return phone.unread ? el('span', { class: 'badge', 'aria-label': word('phone.unread', { n: phone.unread }) }, String(phone.unread)) : null;
}

function drawTabs() {
  const had = byId('tabs').contains(document.activeElement);
  const one = (id, text, panel, ...more) => el('button', {
    type: 'button', role: 'tab', id: `tab-${id}`, 'aria-selected': String(tab === id), 'aria-controls': panel,
    tabindex: tab === id ? 0 : -1, on: { click: () => reveal(id) },
  }, text, ...more);
  byId('tabs').replaceChildren(...phones.map((p) => one(p.id, role(p.role), `panel-${p.id}`, badge(p))), one('side', word('tab.map'), 'panel-side'));
  if (had) byId(`tab-${tab}`).focus();
}

byId('tabs').addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const ids = [...phones.map((p) => p.id), 'side'];
  reveal(ids[(ids.indexOf(tab) + step + ids.length) % ids.length]);
  byId(`tab-${tab}`).focus();
});

function showNow(ms) {
  now = ms;
  byId('now').dateTime = new Date(ms).toISOString();
  byId('now').textContent = dateAndTime(ms);
}

function onChat(kind) {
  return (event) => {
    const phone = byPhone(event.phone);
    if (!phone) return;
    phone.commands = event.commands;
    receive(phone, kind, event, visible(phone));
    if (phone.unread) arrange();
  };
}

const showPlay = startPlayer((id) => {
  for (const p of phones) p.node.classList.toggle('acting', p.id === id);
  if (id) reveal(id);
}, (id) => byPhone(id)?.role ?? '');

// load asks for everything; follow begins where that ends.
async function load() {
  const state = await getJSON('/state').catch(() => null);
  if (!state) {
    setTimeout(load, 2000);
    return;
  }
  if (!phones.length) await build(state);
  else for (const view of state.phones) reload(byPhone(view.id), view);
  showNow(state.now);
  byId('cases-card').hidden = !state.has_cases;
  showCases(state.cases);
  showFired(state.fired, true);
  offerScenes(state.scenes);
  showPlay(state.play);
  follow(state.at);
}

async function build(state) {
  await drawMap();
  phones = state.phones.map((view) => newPhone(view, state.samples, page));
  startSide(phones, page);
  byId('phones').append(...phones.map((p) => p.node));
  shared = phones[places - 1] ?? null;
  startClock(state.moves);
  reveal(phones[0].id);
  document.body.classList.add('ready');
}

function follow(at) {
  stop();
  stop = listen(at, {
    message: onChat('message'), edit: onChat('edit'), delete: onChat('delete'), toast: onChat('toast'), action: onChat('action'),
    clock(event) {
      showNow(event.now);
      if (event.fired.length) showFired(event.fired, false);
    },
    cases: showCases,
    play: showPlay,
    reset() {
      stop();
      load();
    },
  }, (closed) => {
    lost = true;
    notice(word('page.lost'));
    if (closed) setTimeout(load, 2000);
  }, () => {
    if (lost) notice(word('page.back'));
    lost = false;
  });
}

document.addEventListener('language', () => {
  for (const key of document.querySelectorAll('[data-language]')) key.setAttribute('aria-pressed', String(key.dataset.language === currentLanguage()));
  const title = document.querySelector('meta[name="phones-title"]').content;
  if (title) { delete byId('title').dataset.word; byId('title').textContent = title; }
  document.title = title || `${word('page.title')}`;
  if (!phones.length) return;
  showNow(now);
  for (const p of phones) retranslate(p);
  redraw(phones);
  redrawPlayer();
  arrange();
});
for (const key of document.querySelectorAll('[data-language]')) key.addEventListener('click', () => setLanguage(key.dataset.language));
narrow.addEventListener('change', () => {
  arrange();
  phones.filter(visible).forEach(toEnd);
});

await loadWords();
await load();
