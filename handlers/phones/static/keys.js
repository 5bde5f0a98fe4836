// The bot's keyboard below the chat.
import { el, icon, show } from './dom.js';
import { post } from './wire.js';

// replyKeys draws the keyboard that the bot asks for; a one-time one is put away after use, as a phone does.
export function replyKeys(phone, page) {
  const node = el('div', { class: 'reply-keys', hidden: true });
  let keyboard = null;
  let away = false;
  const keys = {
    node,
    has: () => keyboard !== null,
    asksPlace: () => (keyboard?.keyboard ?? []).flat().some((k) => k.request_location),
    toggle() {
      away = !away;
      show(keyboard && !away, node);
    },
    // set shows another keyboard, or none. A fresh one comes forward; otherwise it stays as the holder left it.
    set(next, fresh) {
      if (JSON.stringify(next) !== JSON.stringify(keyboard)) {
        keyboard = next ?? null;
        away = false;
        node.replaceChildren(...(keyboard?.keyboard ?? []).map((row) => el('div', { class: 'row' }, ...row.map(key))));
      } else if (fresh) {
        away = false;
      }
      show(keyboard && !away, node);
      phone.composer?.settleKeys(keyboard);
    },
  };

  function key(k) {
    const button = el('button', { type: 'button', class: 'key', on: { click: () => press(k) } });
    if (k.request_location) button.append(icon('pin'));
    if (k.request_contact) button.append(icon('person'));
    button.append(k.text);
    return button;
  }

  async function press(k) {
    if (k.request_location) {
      page.askPlace(phone);
      return;
    }
    const done = k.request_contact ? await post('/contact', { phone: phone.id }) : await post('/press', { phone: phone.id, key: k.text });
    if (done && keyboard?.one_time_keyboard) {
      away = true;
      show(false, node);
    }
  }
  return keys;
}
