// The map of the cells, drawn from GeoJSON (degrees of WGS-84) as one SVG; no tiles, nothing from outside.
import { el, svg, byId } from './dom.js';
import { say, word } from './words.js';
import { getJSON } from './wire.js';

const width = 1000;
let frame = null; // how degrees become units of the drawing
let cells = [];
let drawing = null;

// loadMap fetches and draws; picked(lon, lat) is called for each click.
export async function loadMap(picked) {
  const [townships, outline, rivers] = await Promise.all(['cells', 'outline', 'rivers'].map((name) => getJSON(`/map/${name}`)));
  cells = (townships?.features ?? []).filter((f) => f.geometry);
  const shapes = [...cells, ...(outline?.features ?? [])];
  if (!shapes.length) return;
  frame = frameOf(shapes.flatMap((f) => rings(f.geometry)).flat());
  const layer = svg('g', { id: 'shapes' },
    ...(outline?.features ?? []).map((f) => svg('path', { class: 'outline', d: pathOf(f.geometry) })),
    ...cells.map((f) => svg('path', { class: 'cell', d: pathOf(f.geometry), 'data-code': f.properties.code }, svg('title', {}, f.properties.name))),
    ...(rivers?.features ?? []).filter((f) => f.geometry).map((f) => svg('path', { class: 'river', d: pathOf(f.geometry, false) }, svg('title', {}, f.properties.name))));
  drawing = svg('svg', { viewBox: `0 0 ${width} ${frame.height}`, role: 'img', class: 'district' },
    layer, svg('g', { class: 'names', 'aria-hidden': 'true' }, ...cells.map(nameOf)), svg('g', { id: 'marks' }), svg('g', { id: 'chosen' }));
  say(drawing, 'map.label', { n: cells.length }, 'label');
  drawing.addEventListener('click', (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
    picked(...degrees(at.x, at.y));
  });
  byId('map').replaceChildren(drawing);
  byId('map-township').append(...cells.map((f) => el('option', { value: f.properties.code }, f.properties.name)));
}

// rings are the lists of points of any geometry.
function rings(g) {
  switch (g.type) {
    case 'Polygon': case 'MultiLineString': return g.coordinates;
    case 'MultiPolygon': return g.coordinates.flat();
    case 'LineString': return [g.coordinates];
  }
  return [];
}

// frameOf fits the points; a degree of longitude is shortened by the cosine of the latitude in the middle.
function frameOf(points) {
  const lons = points.map((p) => p[0]);
  const lats = points.map((p) => p[1]);
  const [west, east] = [lons.reduce((a, b) => Math.min(a, b)), lons.reduce((a, b) => Math.max(a, b))];
  const [south, north] = [lats.reduce((a, b) => Math.min(a, b)), lats.reduce((a, b) => Math.max(a, b))];
  const margin = 0.02 * (east - west);
  const narrow = Math.cos(((south + north) / 2) * Math.PI / 180);
  const scale = width / ((east - west + 2 * margin) * narrow);
  return { west: west - margin, north: north + margin, narrow, scale, height: Math.round((north - south + 2 * margin) * scale) };
}

const place = (lon, lat) => [(lon - frame.west) * frame.narrow * frame.scale, (frame.north - lat) * frame.scale];
const degrees = (x, y) => [frame.west + x / frame.scale / frame.narrow, frame.north - y / frame.scale];

function pathOf(g, closed = true) {
  return rings(g).map((ring) => `M${ring.map(([lon, lat]) => place(lon, lat).map((v) => v.toFixed(1)).join(' ')).join('L')}${closed ? 'Z' : ''}`).join('');
}

const largest = (f) => rings(f.geometry).reduce((a, b) => (area(b) > area(a) ? b : a));
const area = (ring) => Math.abs(ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length][1] - ring[(i + 1) % ring.length][0] * y, 0));

// middle is a point inside the largest part of a cell: the middle of the widest stretch of a few level lines.
export function middle(f) {
  const ring = largest(f);
  const lats = ring.map((p) => p[1]);
  const [low, high] = [Math.min(...lats), Math.max(...lats)];
  let best = { wide: 0, at: ring[0] };
  for (let i = 3; i <= 9; i++) {
    const lat = low + ((high - low) * i) / 12;
    const cuts = ring.flatMap(([x, y], k) => {
      const [u, v] = ring[(k + 1) % ring.length];
      return (y > lat) !== (v > lat) ? [x + ((lat - y) / (v - y)) * (u - x)] : [];
    }).sort((a, b) => a - b);
    for (let k = 0; k + 1 < cuts.length; k += 2) {
      const wide = (cuts[k + 1] - cuts[k]) * (1 - Math.abs(i - 6) / 12);
      if (wide > best.wide) best = { wide, at: [(cuts[k] + cuts[k + 1]) / 2, lat] };
    }
  }
  return best.at;
}

function nameOf(f) {
  const [x, y] = place(...middle(f));
  return svg('text', { x, y, class: 'name' }, f.properties.name.replace(/(街道|镇|乡)$/, ''));
}

export const cellOf = (code) => cells.find((f) => f.properties.code === code);

// whereIs names the cell around a point, with the plain even-odd rule; the bot itself decides who is responsible.
export function whereIs(lon, lat) {
  const found = cells.find((f) => rings(f.geometry).reduce((inside, ring) => inside !== within(ring, lon, lat), false));
  return found?.properties.name ?? (cells.length ? word('map.outside') : '');
}

function within(ring, lon, lat) {
  let inside = false;
  ring.forEach(([x, y], i) => {
    const [u, v] = ring[(i + 1) % ring.length];
    if ((y > lat) !== (v > lat) && lon < x + ((lat - y) / (v - y)) * (u - x)) inside = !inside;
  });
  return inside;
}

const needle = (x, y, size) => svg('path', { class: 'pin', transform: `translate(${x} ${y}) scale(${size})`, d: 'M0 0C-5-9-9-13-9-19a9 9 0 1 1 18 0c0 6-4 10-9 19zM0-23a4 4 0 1 0 0 8 4 4 0 0 0 0-8z' });

// choose shows the needle at a point.
export function choose(lon, lat) {
  if (drawing) byId('chosen').replaceChildren(needle(...place(lon, lat), 2));
}

// mark writes how many open cases each cell has.
export function mark(counts) {
  if (!drawing) return;
  for (const path of drawing.querySelectorAll('.cell')) path.classList.toggle('busy', counts.has(path.dataset.code));
  byId('marks').replaceChildren(...[...counts].filter(([code]) => cellOf(code)).map(([code, { open, late }]) => {
    const [x, y] = place(...middle(cellOf(code)));
    return svg('g', { class: late ? 'mark late' : 'mark' }, svg('title', {}, word('map.count', { name: cellOf(code).properties.name, n: open })),
      svg('circle', { cx: x, cy: y - 34, r: 20 }), svg('text', { x, y: y - 34 }, String(open)));
  }));
}

// miniature is a small view of the map around a point, for a chat.
export function miniature(lon, lat) {
  if (!frame) return null;
  const [x, y] = place(lon, lat);
  return svg('svg', { class: 'miniature', viewBox: `${x - 200} ${y - 110} 400 220`, 'aria-hidden': 'true' },
    svg('use', { href: '#shapes' }), needle(x, y, 1.6));
}
