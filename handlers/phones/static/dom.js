// Building nodes by hand: nothing on this page ever turns a string into markup.

// el makes an element. Attributes: "class", "on" (an object of listeners), booleans, and anything else as it is.
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

// svg is el for drawings.
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (value === true) {
      node.setAttribute(name, '');
    } else if (value !== false && value != null) {
      node.setAttribute(name, value);
    }
  }
  node.append(...children.filter((child) => child != null && child !== ''));
  return node;
}

// icon draws one of icons.svg; it says nothing to a screen reader.
export function icon(name) {
  return svg('svg', { class: 'icon', 'aria-hidden': 'true' }, svg('use', { href: `/static/icons.svg#${name}` }));
}

export const byId = (id) => document.getElementById(id);

// show hides or shows nodes.
export function show(shown, ...nodes) {
  for (const node of nodes) node.hidden = !shown;
}
