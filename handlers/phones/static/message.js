// One message as a bubble, with what is attached and the buttons under it.
import { el, icon, byId } from './dom.js';
import { say, timeOfDay, word } from './words.js';
import { rich, link } from './entities.js';
import { miniature, whereIs } from './map.js';
import { copy } from './wire.js';

// bubble draws a message. act.press(message, data, button) and act.command(text) do what its buttons say.
export function bubble(m, act) {
  const own = !m.from?.is_bot;
  const body = el('div', { class: 'bubble' }, ...attachments(m));
  const text = m.text || m.caption;
  if (text) body.append(el('div', { class: 'text' }, ...rich(text, m.entities ?? m.caption_entities, act.command)));
  const edited = m.edit_date ? say(el('span', {}), 'message.edited') : null;
  body.append(el('div', { class: 'when' }, edited, el('time', { datetime: new Date(m.date * 1000).toISOString() }, timeOfDay(m.date * 1000))));
  const node = el('article', { class: own ? 'message own' : 'message', 'data-id': m.message_id, 'data-day': dayKey(m.date) }, body);
  if (m.media_group_id) node.classList.add('album');
  const rows = m.reply_markup?.inline_keyboard ?? [];
  if (rows.length) node.append(el('div', { class: 'buttons' }, ...rows.map((row) => buttonRow(row, m, act))));
  return node;
}

const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });
export const dayKey = (seconds) => dayFormat.format(seconds * 1000);

function attachments(m) {
  if (m.photo?.length) return [photo(m.photo)];
  if (m.video) return [say(el('video', { controls: true, preload: 'none', src: fileOf(m.video) }), 'message.video', null, 'label')];
  if (m.voice) return [say(el('audio', { controls: true, preload: 'none', src: fileOf(m.voice) }), 'message.voice', null, 'label')];
  if (m.venue) return [place(m.venue.location, `${m.venue.title} ${m.venue.address}`)];
  if (m.location) return [place(m.location, '')];
  if (m.document) return [file(m.document)];
  if (m.contact) return [el('div', { class: 'attached' }, icon('person'), el('span', {}, `${m.contact.first_name} ${m.contact.phone_number}`))];
  return [];
}

const fileOf = (f) => `/file/${encodeURIComponent(f.file_id)}`;

function photo(sizes) {
  const shown = sizes.find((size) => size.width >= 320) ?? sizes.at(-1);
  const img = el('img', { src: fileOf(shown), width: shown.width, height: shown.height, alt: word('message.photo') });
  return el('button', { type: 'button', class: 'photo', on: { click: () => view(sizes.at(-1)) } }, img);
}

function view(size) {
  const img = byId('viewer-image');
  img.src = fileOf(size);
  img.alt = word('message.photo');
  byId('viewer').showModal();
}

function file(d) {
  const size = d.file_size > 1 << 20 ? `${(d.file_size / (1 << 20)).toFixed(1)} MB` : `${Math.ceil((d.file_size ?? 0) / 1024)} KB`;
  return el('a', { class: 'attached', href: fileOf(d), download: d.file_name ?? 'file' }, icon('file'), el('span', {}, `${d.file_name ?? ''} ${size}`));
}

function place(at, name) {
  const title = say(el('strong', {}), at.live_period ? 'message.live' : 'message.place');
  const words = [name || whereIs(at.longitude, at.latitude), `${at.latitude.toFixed(5)}, ${at.longitude.toFixed(5)}`];
  return el('figure', { class: 'place' }, miniature(at.longitude, at.latitude),
    el('figcaption', {}, title, ...words.filter(Boolean).map((w) => el('span', {}, w))));
}

function buttonRow(row, m, act) {
  return el('div', { class: 'row' }, ...row.map((b) => {
    if (b.url) {
      const node = link(b.url, [b.text, icon('link')]);
      node.classList.add('inline');
      return node;
    }
    const node = el('button', { type: 'button', class: 'inline', 'data-data': b.callback_data }, b.text);
    if (b.copy_text?.text) {
      node.append(icon('copy'));
      node.addEventListener('click', () => copy(b.copy_text.text));
    } else {
      node.addEventListener('click', () => act.press(m, b.callback_data, node));
    }
    return node;
  }));
}
