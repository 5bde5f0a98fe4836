// Everything works without this file; it only saves some taps.
"use strict";
for (const form of document.querySelectorAll("form.filter")) {
  form.addEventListener("change", () => form.requestSubmit());
}

// A tap on the map of the report writes the place into its field.
const map = document.querySelector("svg.map.pick");
const point = document.getElementById("point");
if (map && point) {
  document.querySelectorAll(".scripted").forEach((e) => { e.hidden = false; });
  const number = (name) => Number(map.dataset[name]);
  map.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    const box = map.viewBox.baseVal;
    const lon = number("west") + at.x / box.width * (number("east") - number("west"));
    const lat = number("north") - at.y / box.height * (number("north") - number("south"));
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
  });
}

// A receipt's QR code carries the code behind the #, which no server is ever told.
const code = document.getElementById("code");
if (code && !code.value && /^#[0-9A-Za-z]{4,20}$/.test(location.hash)) {
  code.value = location.hash.slice(1);
}
