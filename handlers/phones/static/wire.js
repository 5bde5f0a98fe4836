// What the page asks of the program behind it.
import { byId } from './dom.js';
import { word } from './words.js';

const token = document.querySelector('meta[name="phones-token"]').content;
let fading;

// notice shows a passing line at the foot of the page.
export function notice(text) {
  const node = byId('notice');
  node.textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => { node.textContent = ''; }, 4000);
}

// post sends JSON or a form. It returns the answer, or null after telling what went wrong.
export async function post(path, body) {
  const form = body instanceof FormData;
  const headers = { 'X-Phones-Token': token };
  if (!form) headers['Content-Type'] = 'application/json';
  let answer;
  try {
    answer = await fetch(path, { method: 'POST', headers, body: form ? body : JSON.stringify(body) });
  } catch {
    notice(word('error.network'));
    return null;
  }
  const result = await answer.json().catch(() => ({ error: 'internal' }));
  if (!answer.ok) {
    notice(word(`error.${result.error}`));
    return null;
  }
  return result;
}

export async function getJSON(path) {
  const answer = await fetch(path);
  return answer.ok ? answer.json() : null;
}

// listen follows everything that happens after the event named, calling handlers by kind. It returns a function to stop.
export function listen(after, handlers, lost, found) {
  const source = new EventSource(`/events?after=${encodeURIComponent(after)}`);
  for (const [kind, handler] of Object.entries(handlers)) {
    source.addEventListener(kind, (event) => handler(JSON.parse(event.data)));
  }
  source.onerror = () => lost(source.readyState === EventSource.CLOSED);
  source.onopen = found;
  return () => source.close();
}

// copy puts a text on the clipboard, also where the page's address is no secure one.
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  notice(word('message.copied'));
}
