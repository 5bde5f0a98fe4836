// Every word of the page in two languages. Nodes name their words (data-word, data-word-label, data-word-placeholder,
// with data-args as JSON), so that a change of language only walks over them.

const books = {};
let language = 'zh-CN';

export async function loadWords() {
  await Promise.all(['zh-CN', 'en'].map(async (tag) => {
    const answer = await fetch(`/static/words.${tag}.json`);
    books[tag] = await answer.json();
  }));
  const wanted = localStorage.getItem('language');
  setLanguage(books[wanted] ? wanted : 'zh-CN');
}

export const currentLanguage = () => language;

export function setLanguage(tag) {
  language = tag;
  localStorage.setItem('language', tag);
  document.documentElement.lang = tag;
  translate(document);
  document.dispatchEvent(new Event('language'));
}

// word is a text of the page with {name} filled in; a key without a text shows itself.
export function word(key, args = {}) {
  const text = books[language]?.[key] ?? books['zh-CN']?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => args[name] ?? '');
}

// role is the name of a role; one that the page does not know shows itself.
export const role = (name) => (books['zh-CN']?.[`role.${name}`] ? word(`role.${name}`) : name);

// pick chooses the language of a text that comes in both.
export const pick = (words) => words?.[language] ?? words?.['zh-CN'] ?? '';

// say gives a node its words.
export function say(node, key, args, where = 'word') {
  const name = { word: 'data-word', label: 'data-word-label', placeholder: 'data-word-placeholder' }[where];
  node.setAttribute(name, key);
  if (args) node.dataset.args = JSON.stringify(args);
  else delete node.dataset.args;
  apply(node);
  return node;
}

export function translate(root) {
  for (const node of root.querySelectorAll('[data-word],[data-word-label],[data-word-placeholder]')) apply(node);
}

function apply(node) {
  const args = node.dataset.args ? JSON.parse(node.dataset.args) : {};
  if (args.role) args.role = role(args.role);
  if (node.dataset.word) node.textContent = word(node.dataset.word, args);
  if (node.dataset.wordLabel) {
    const text = word(node.dataset.wordLabel, args);
    node.setAttribute('aria-label', text);
    if (node.tagName === 'BUTTON') node.title = text;
  }
  if (node.dataset.wordPlaceholder) node.placeholder = word(node.dataset.wordPlaceholder, args);
}

const zone = { timeZone: 'Asia/Shanghai' };

export const timeOfDay = (ms) =>
  new Intl.DateTimeFormat(language, { ...zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(ms);

export const dayOf = (ms) =>
  new Intl.DateTimeFormat(language, { ...zone, month: 'long', day: 'numeric', weekday: 'short' }).format(ms);

export const dateAndTime = (ms) => new Intl.DateTimeFormat(language, {
  ...zone, year: 'numeric', month: 'long', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
}).format(ms);

export const shortDate = (ms) => new Intl.DateTimeFormat(language, {
  ...zone, month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
}).format(ms);

// lastDay is a limit as the bot's messages name it: one that ends at midnight by its last day, another by its hour.
export const lastDay = (ms) => (timeOfDay(ms) === '00:00'
  ? new Intl.DateTimeFormat(language, { ...zone, month: '2-digit', day: '2-digit' }).format(ms - 1)
  : shortDate(ms));
