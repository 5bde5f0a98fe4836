// The line at the foot of a phone: write, attach, choose a command.
import { el, icon, show } from './dom.js';
import { say } from './words.js';
import { post } from './wire.js';

export function composer(phone, samples, page) {
  const text = say(el('textarea', { rows: 1, maxlength: 4096, enterkeyhint: 'send' }), 'phone.write', null, 'placeholder');
  say(text, 'phone.write', null, 'label');
  const files = el('input', { type: 'file', multiple: true, hidden: true, tabindex: -1 });
  const tool = (name, key, click) => say(el('button', { type: 'button', class: 'tool', on: { click } }, icon(name)), key, null, 'label');

  const attach = tool('clip', 'phone.attach', () => open(attachMenu, attach));
  const commands = tool('menu', 'phone.commands', () => { fillCommands(); open(commandMenu, commands); });
  const keys = tool('keys', 'phone.keys', () => phone.keys.toggle());
  const send = tool('send', 'phone.send', submit);
  send.classList.add('send');
  const attachMenu = menu(attach);
  const commandMenu = menu(commands);
  const start = say(el('button', { type: 'button', class: 'primary start', on: { click: () => phone.say('/start') } }), 'phone.start');
  const line = el('div', { class: 'line' }, commands, attach, text, keys, send);
  const node = el('div', { class: 'composer' }, attachMenu, commandMenu, start, line, files);

  function menu(opener) {
    const box = el('div', { class: 'menu', hidden: true });
    box.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') { close(box, opener); opener.focus(); }
    });
    return box;
  }
  function open(box, opener) {
    const opening = box.hidden;
    close(attachMenu, attach);
    close(commandMenu, commands);
    if (!opening) return;
    show(true, box);
    opener.setAttribute('aria-expanded', 'true');
    box.querySelector('button')?.focus();
  }
  function close(box, opener) {
    show(false, box);
    opener.setAttribute('aria-expanded', 'false');
  }
  document.addEventListener('pointerdown', (event) => {
    if (!node.contains(event.target)) { close(attachMenu, attach); close(commandMenu, commands); }
  });
  close(attachMenu, attach);
  close(commandMenu, commands);

  async function submit() {
    const words = text.value.trim();
    if (!words) return;
    if (await post('/say', { phone: phone.id, text: words })) clear();
    text.focus();
  }
  function clear() {
    text.value = '';
    text.style.height = '';
  }
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
  });
  text.addEventListener('input', () => {
    text.style.height = 'auto';
    text.style.height = `${Math.min(text.scrollHeight, 120)}px`;
  });

  async function sendPicture(parts) {
    const form = new FormData();
    form.set('phone', phone.id);
    form.set('caption', text.value.trim());
    for (const [name, value] of parts) form.append(name, value);
    close(attachMenu, attach);
    if (await post('/photo', form)) clear();
    text.focus();
  }
  files.addEventListener('change', () => {
    sendPicture([['as', files.dataset.as], ...[...files.files].map((f) => ['file', f])]);
    files.value = '';
  });
  function choose(as) {
    files.dataset.as = as;
    if (as === 'photo') files.accept = 'image/*';
    else files.removeAttribute('accept');
    files.click();
  }

  const item = (name, key, click) => el('button', { type: 'button', class: 'item', on: { click } }, icon(name), say(el('span', {}), key));
  attachMenu.append(
    say(el('p', {}), 'attach.samples'),
    el('div', { class: 'samples' }, ...samples.map((name) => el('button', { type: 'button', 'data-sample': name, on: { click: () => sendPicture([['sample', name]]) } },
      el('img', { src: `/sample/${name}.jpg`, alt: '', width: 80, height: 60 }), say(el('span', {}), `sample.${name}`)))),
    item('photo', 'attach.photo', () => choose('photo')),
    item('file', 'attach.file', () => choose('file')),
    item('pin', 'attach.place', () => { close(attachMenu, attach); page.askPlace(phone); }),
    item('person', 'attach.contact', () => { close(attachMenu, attach); post('/contact', { phone: phone.id }); }),
    say(el('p', { class: 'hint' }), 'attach.caption'));

  function fillCommands() {
    commandMenu.replaceChildren(...(phone.commands ?? []).map((c) => el('button', {
      type: 'button', class: 'item', on: { click: () => { close(commandMenu, commands); phone.say(`/${c.command}`); text.focus(); } },
    }, el('b', {}, `/${c.command}`), el('span', {}, c.description))));
  }

  return {
    node,
    focus: () => text.focus(),
    settle(empty) {
      const started = !empty && document.activeElement === start;
      show(empty, start);
      show(!empty, line);
      if (started) text.focus(); // the key that was pressed is gone
      show((phone.commands ?? []).length > 0, commands);
    },
    settleKeys: (keyboard) => show(Boolean(keyboard), keys),
  };
}
