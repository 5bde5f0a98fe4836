// Text with Telegram's entities as nodes. Offsets are in UTF-16 units, which is how JavaScript counts too. What is not
// on the list stays plain text.
import { el } from './dom.js';
import { word } from './words.js';
import { copy } from './wire.js';

const tags = {
  bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', pre: 'pre',
  blockquote: 'blockquote', expandable_blockquote: 'blockquote', spoiler: 'span',
};

// glue keeps a full stop from beginning a line after a button.
const glue = '\u2060';

// rich returns the nodes of a text; command is called when one of its commands is pressed.
export function rich(text, entities = [], command = () => {}) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, sorted, 0, text.length, command);
}

function nodes(text, entities, from, to, command) {
  const out = [];
  let at = from;
  for (let i = 0; i < entities.length; i++) {
    const e = entities[i];
    const end = e.offset + e.length;
    if (e.offset < at || end > to || e.length <= 0) continue; // inside one that was drawn, or reaching out of this one
    if (e.offset > at) out.push(text.slice(at, e.offset));
    const inner = entities.slice(i + 1).filter((o) => o.offset >= e.offset && o.offset + o.length <= end);
    out.push(element(e, text.slice(e.offset, end), nodes(text, inner, e.offset, end, command), command));
    at = end;
  }
  if (at < to) out.push(text.slice(at, to));
  return out;
}

function element(e, plain, children, command) {
  if (tags[e.type]) return el(tags[e.type], {}, ...children);
  switch (e.type) {
    case 'code':
      return el('span', {}, el('button', { type: 'button', class: 'code', title: word('message.copy'), on: { click: () => copy(plain) } },
        el('code', {}, plain)), glue);
    case 'bot_command':
      return el('button', { type: 'button', class: 'command', on: { click: () => command(plain) } }, plain);
    case 'text_link':
    case 'url':
      return link(e.type === 'url' ? plain : e.url, children);
  }
  return el('span', {}, ...children);
}

// link leads only to addresses that a chat may open; anything else stays text.
export function link(address, children) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return el('span', {}, ...children);
  }
  if (!['http:', 'https:', 'tel:', 'mailto:'].includes(url.protocol)) return el('span', {}, ...children);
  return el('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}
