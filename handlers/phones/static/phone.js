// One phone: a chat with the bot. It draws what it is told and asks for what its holder does.
import { el, icon, show } from './dom.js';
import { say, dayOf, translate } from './words.js';
import { bubble, dayKey } from './message.js';
import { composer } from './composer.js';
import { replyKeys } from './keys.js';
import { post } from './wire.js';

// newPhone makes the phone. page.activate(phone) is called when its holder does something there, page.askPlace(phone) when a
// place is wanted of the map, page.unread() when a message came.
export function newPhone(view, samples, page) {
  const phone = { ...view, messages: new Map(), unread: 0 };
  const act = {
    press: (m, data, button) => pressInline(phone, m, data, button),
    command: (text) => phone.say(text),
  };
  phone.say = (text) => post('/say', { phone: phone.id, text });
  phone.log = say(el('div', { class: 'log', role: 'log', tabindex: '0' }), 'phone.log', null, 'label');
  phone.toasts = el('div', { class: 'toasts', role: 'status' });
  phone.typing = el('span', { class: 'status' });
  phone.keys = replyKeys(phone, page);
  phone.composer = composer(phone, samples, page);
  const newest = say(el('button', { type: 'button', class: 'newest', hidden: true, on: { click: () => toEnd(phone) } }, icon('down')), 'phone.newest', null, 'label');
  phone.log.addEventListener('scroll', () => show(!atEnd(phone), newest));
  phone.head = el('div', { class: 'holder' });
  phone.node = el('section', { class: 'phone', id: `panel-${phone.id}`, 'data-phone': phone.id },
    phone.head,
    el('div', { class: 'device' },
      el('div', { class: 'bar' }, el('img', { src: '/static/icon.svg', alt: '', width: 34, height: 34 }),
        el('div', {}, say(el('strong', {}), 'page.title'), phone.typing)),
      el('div', { class: 'screen' }, phone.log, phone.toasts, newest),
      phone.keys.node, phone.composer.node));
  say(phone.node, 'phone.label', { role: phone.role, name: phone.name }, 'label');
  say(phone.typing, 'phone.bot');
  for (const event of ['pointerdown', 'input', 'click']) phone.node.addEventListener(event, () => page.activate(phone));
  phone.act = act;
  reload(phone, view);
  return phone;
}

// reload draws everything anew.
export function reload(phone, view) {
  phone.messages.clear();
  phone.log.replaceChildren();
  phone.commands = view.commands;
  for (const m of view.messages ?? []) put(phone, m);
  phone.keys.set(view.keyboard, true);
  settle(phone);
  toEnd(phone);
}

// receive takes one event of the stream.
export function receive(phone, kind, event, visible) {
  const follow = atEnd(phone);
  if (kind === 'delete') {
    phone.messages.delete(event.id);
    find(phone, event.id)?.remove();
  } else if (kind === 'toast') {
    toast(phone, event);
  } else if (kind === 'action') {
    typing(phone, true);
  } else {
    const known = phone.messages.has(event.message.message_id);
    put(phone, event.message);
    if (event.message.from?.is_bot) typing(phone, false);
    if (!known && event.message.from?.is_bot && !visible) phone.unread++;
    if (follow || !event.message.from?.is_bot) toEnd(phone);
  }
  phone.keys.set(event.keyboard, kind === 'message' && event.message.from?.is_bot);
  settle(phone);
}

const find = (phone, id) => phone.log.querySelector(`[data-id="${Number(id)}"]`);

// put adds a message, or replaces it where it stands.
function put(phone, m) {
  const old = find(phone, m.message_id);
  const node = bubble(m, phone.act);
  phone.messages.set(m.message_id, m);
  if (old) {
    if (old.contains(document.activeElement)) queueMicrotask(() => (node.querySelector('button') ?? phone.log).focus({ preventScroll: true }));
    old.replaceWith(node);
    return;
  }
  const last = phone.log.querySelector('.message:last-of-type');
  if (last?.dataset.day !== dayKey(m.date)) phone.log.append(el('p', { class: 'day', 'data-ms': m.date * 1000 }, dayOf(m.date * 1000)));
  phone.log.append(node);
}

// settle shows the start button for as long as nothing was said.
function settle(phone) {
  const empty = phone.messages.size === 0;
  const hint = phone.log.querySelector('.empty');
  if (empty && !hint) phone.log.append(say(el('p', { class: 'empty' }), 'phone.empty'));
  if (!empty) hint?.remove();
  phone.composer.settle(empty);
}

export function retranslate(phone) {
  for (const day of phone.log.querySelectorAll('.day')) day.textContent = dayOf(Number(day.dataset.ms));
  translate(phone.node);
}

const atEnd = ({ log }) => log.scrollHeight - log.scrollTop - log.clientHeight < 120;

export function toEnd({ log }) {
  log.scrollTop = log.scrollHeight;
  for (const img of log.querySelectorAll('.message:last-of-type img')) {
    if (!img.complete) img.addEventListener('load', () => { log.scrollTop = log.scrollHeight; }, { once: true });
  }
}

// pressInline turns the button's wheel until the bot answers.
async function pressInline(phone, m, data, button) {
  button.classList.add('waiting');
  phone.waiting = button;
  if (!await post('/press', { phone: phone.id, message: m.message_id, data })) button.classList.remove('waiting');
}

function toast(phone, event) {
  for (const b of phone.log.querySelectorAll('.waiting')) b.classList.remove('waiting');
  if (!event.text) return;
  const node = el('div', { class: event.alert ? 'toast alert' : 'toast' }, el('p', {}, event.text));
  if (event.alert) {
    const ok = say(el('button', { type: 'button', on: { click: () => node.remove() } }), 'message.ok');
    node.append(ok);
    phone.toasts.append(node);
    return;
  }
  phone.toasts.append(node);
  setTimeout(() => node.remove(), 5000);
}

function typing(phone, on) {
  clearTimeout(phone.fading);
  say(phone.typing, on ? 'phone.typing' : 'phone.bot');
  if (on) phone.fading = setTimeout(() => typing(phone, false), 5000);
}
