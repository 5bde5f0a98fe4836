// Everything works without this file; it only saves some taps.
"use strict";
for (const form of document.querySelectorAll("form.filter")) {
  form.addEventListener("change", () => form.requestSubmit());
}

// A map can be drawn nearer: by buttons, keys, a wheel or two fingers. Only its viewBox changes.
const nearest = 8;
const still = matchMedia("(prefers-reduced-motion: reduce)");
document.querySelectorAll(".mapframe").forEach(zooms);

function zooms(frame) {
  const map = frame.querySelector("svg.map");
  const tools = frame.querySelector(".zoom");
  const { width, height } = map.viewBox.baseVal;
  const whole = { x: 0, y: 0, w: width };
  let view = whole;
  let moving = 0;
  tools.hidden = false;
  map.classList.add("zooms");

  // show draws the part of the map that begins at x, y and is w wide. Names grow until they can be read, and then no more.
  function show({ x, y, w }) {
    w = Math.min(width, Math.max(width / nearest, w));
    const h = w * height / width;
    view = { x: Math.min(width - w, Math.max(0, x)), y: Math.min(height - h, Math.max(0, y)), w };
    map.setAttribute("viewBox", [view.x, view.y, w, h].join(" "));
    map.classList.toggle("near", w < width);
    const letter = 20 * map.getBoundingClientRect().width / width;
    const drawn = letter * width / w;
    const size = Math.min(drawn, Math.max(letter, 16)) / drawn;
    for (const e of map.querySelectorAll("text, circle")) {
      const [left, top] = e.matches("text") ? ["x", "y"] : ["cx", "cy"];
      const shift = (name) => e.getAttribute(name) * (1 - size);
      e.setAttribute("transform", `translate(${shift(left)} ${shift(top)}) scale(${size})`);
    }
  }
  function tell() {
    tools.querySelector("output").value = "× " + (width / view.w).toFixed(1);
  }
  // glide comes there in a moment, or at once for whoever wants no motion.
  function glide(to) {
    cancelAnimationFrame(moving);
    const from = view;
    const begun = performance.now();
    const next = (now) => {
      const part = still.matches ? 1 : Math.min(1, Math.max(0, (now - begun) / 200));
      const between = (name) => from[name] + (to[name] - from[name]) * part;
      show({ x: between("x"), y: between("y"), w: between("w") });
      if (part < 1) moving = requestAnimationFrame(next);
      else tell();
    };
    next(begun);
  }
  // nearer is the view that shows a place where it is now, so many times as near.
  function nearer(times, at = { x: view.x + view.w / 2, y: view.y + view.w * height / width / 2 }) {
    const w = Math.min(width, Math.max(width / nearest, view.w / times));
    return { x: at.x - (at.x - view.x) * w / view.w, y: at.y - (at.y - view.y) * w / view.w, w };
  }
  const beside = (x, y) => ({ x: view.x + x * view.w / 4, y: view.y + y * view.w / 4, w: view.w });
  const place = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
  const does = {
    in: () => nearer(1.6), out: () => nearer(1 / 1.6), whole: () => whole,
    left: () => beside(-1, 0), right: () => beside(1, 0), up: () => beside(0, -1), down: () => beside(0, 1),
  };
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) glide(does[button.value]());
  });
  const keys = { "+": "in", "=": "in", "-": "out", 0: "whole", ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
  frame.addEventListener("keydown", (event) => {
    const what = keys[event.key];
    if (!what || event.ctrlKey || event.metaKey || event.altKey || event.key.startsWith("Arrow") && view.w >= width) return;
    event.preventDefault();
    glide(does[what]());
  });
  // What the keyboard comes to is shown. The frame listens: a picture that did would take the focus itself.
  frame.addEventListener("focusin", (event) => {
    if (!event.target.matches("svg :focus-visible")) return;
    const box = event.target.getBBox();
    const x = box.x + box.width / 2, y = box.y + box.height / 2, h = view.w * height / width;
    if (x < view.x || x > view.x + view.w || y < view.y || y > view.y + h) show({ x: x - view.w / 2, y: y - h / 2, w: view.w });
  });
  // A wheel moves the page, unless somebody works with the map or holds Ctrl, as two fingers on a pad do.
  map.addEventListener("wheel", (event) => {
    const times = event.deltaY < 0 ? 1.2 : 1 / 1.2;
    if (!event.ctrlKey && (!frame.contains(document.activeElement) || times < 1 && view.w >= width)) return;
    event.preventDefault();
    show(nearer(times, place(event)));
    tell();
  }, { passive: false });

  // One finger or the mouse moves a map that is near; two fingers draw it nearer. What ends a move is no tap.
  const fingers = new Map();
  let moved = 0;
  map.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (fingers.size === 0) moved = 0;
    fingers.set(event.pointerId, event);
  });
  map.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    const other = [...fingers.values()].find((f) => f.pointerId !== event.pointerId);
    if (!before || !other && view.w >= width) return;
    fingers.set(event.pointerId, event);
    moved += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
    if (moved < 4) return;
    map.setPointerCapture(event.pointerId);
    if (other) {
      const far = (f) => Math.hypot(f.clientX - other.clientX, f.clientY - other.clientY);
      const middle = { clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 };
      show(nearer(far(event) / Math.max(1, far(before)), place(middle)));
      tell();
      return;
    }
    const from = place(before), to = place(event);
    show({ x: view.x + from.x - to.x, y: view.y + from.y - to.y, w: view.w });
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
    map.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
  map.addEventListener("dragstart", (event) => event.preventDefault());
  map.addEventListener("click", (event) => {
    if (moved < 4) return;
    moved = 0;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
  map.addEventListener("marked", () => show(view));
}

// A tap on the map of the report writes the place into its field.
const map = document.querySelector("svg.map.pick");
const point = document.getElementById("point");
if (map && point) {
  document.querySelectorAll(".scripted").forEach((e) => { e.hidden = false; });
  const number = (name) => Number(map.dataset[name]);
  map.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    const lon = number("west") + at.x / number("width") * (number("east") - number("west"));
    const lat = number("north") - at.y / number("height") * (number("north") - number("south"));
    point.value = lat.toFixed(5) + ", " + lon.toFixed(5);
    let dot = map.querySelector("circle.about");
    if (!dot) {
      dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      dot.setAttribute("class", "mark about");
      dot.setAttribute("r", "9");
      map.append(dot);
    }
    dot.setAttribute("cx", at.x);
    dot.setAttribute("cy", at.y);
    map.dispatchEvent(new Event("marked"));
  });
}

// A receipt's QR code carries the code behind the #, which no server is ever told.
const code = document.getElementById("code");
if (code && !code.value && /^#[0-9A-Za-z]{4,20}$/.test(location.hash)) {
  code.value = location.hash.slice(1);
}
