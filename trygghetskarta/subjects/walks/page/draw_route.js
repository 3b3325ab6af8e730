// A map in the form, and a route drawn on it: a tap adds a point, and so does Enter at the cross.
// Nothing is sent while drawing: the points live in the draft like everything else.

const MOST_POINTS = 500;
let formMaps = 0;

function mountFormMap(parent, state, label) {
  const box = document.createElement("div");
  box.className = "tk-map folium-map";
  box.id = MAP_ID;
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", label);
  parent.append(box);
  const made = buildMap();
  // folium finds its box by this name; the next map of the page needs it for its own.
  box.id = `${MAP_ID}_form_${(formMaps += 1)}`;
  // Leaflet focuses its map at the first press and scrolls the window back, and the tap is lost.
  box.addEventListener("mousedown", () => box.focus({ preventScroll: true }), true);
  made.map.attributionControl.setPrefix(false);
  made.map.zoomControl.remove();
  L.control.zoom({ zoomInTitle: WORDS.zoomIn, zoomOutTitle: WORDS.zoomOut }).addTo(made.map);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(made.map);
  makePainter(L, made.map, made.layer, AREAS, LABELS, WORDS, parent).update(state);
  return { ...made, box };
}

function lengthOf(points) {
  let metres = 0;
  for (let at = 1; at < points.length; at += 1) {
    metres += L.latLng(points[at - 1]).distanceTo(points[at]);
  }
  return metres;
}

// Gives { show, shows, redraw, remove }. `points` reads the route of the draft, `change` replaces it.
function makeRouteDrawer({ parent, state, words, points, change, start, done }) {
  const frame = make("div", "tk-root tk-phone-map tk-draw");
  frame.hidden = true;
  const hint = make("p", "tk-phone-hint", `${words.drawHint} `);
  hint.append(make("span", "tk-draw-keys", words.drawKeys));
  const ground = make("div", "tk-draw-ground");
  const cross = make("div", "tk-draw-cross");
  cross.setAttribute("aria-hidden", "true");
  ground.append(cross);
  const bar = make("div", "tk-phone-choices tk-two");
  const add = button(words.drawAdd, "tk-phone-choice", () => place(map.getCenter()));
  // What was cleared can be had back, until something new is drawn.
  const undo = button(words.drawUndo, "tk-phone-choice", () => set(points().length ? points().slice(0, -1) : cleared));
  const clear = button(words.drawClear, "tk-phone-choice", () => { cleared = points(); set([]); });
  const finish = button(words.drawDone, "tk-phone-choice tk-phone-strong", () => { show(false); done(); });
  bar.append(add, undo, clear, finish);
  frame.append(hint, ground, bar);
  const told = make("p", "tk-phone-told tk-draw-told");
  told.setAttribute("role", "status");
  parent.append(frame, told);
  let map = null;
  let drawn = null;
  let cleared = [];

  function set(route) {
    change(route);
    redraw();
  }
  function place(at) {
    const route = points();
    const point = [Number(at.lat.toFixed(6)), Number(at.lng.toFixed(6))];
    const last = route[route.length - 1];
    if (last && last[0] === point[0] && last[1] === point[1]) return;
    if (route.length >= MOST_POINTS) { told.textContent = words.drawFull; return; }
    set([...route, point]);
  }
  function tell() {
    const route = points();
    const number = new Intl.NumberFormat("sv-SE", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    if (route.length === 1) told.textContent = words.drawFirst;
    else {
      told.textContent = !route.length ? "" : words.drawLength
        .replace("{km}", number.format(lengthOf(route) / 1000)).replace("{n}", route.length);
    }
    if (route.length) cleared = [];
    undo.disabled = !route.length && !cleared.length;
    clear.disabled = !route.length;
  }
  function redraw() {
    tell();
    if (!map) return;
    const route = points();
    drawn.clearLayers();
    if (route.length > 1) {
      L.polyline(route, { color: "$white", weight: 8, opacity: 0.9, interactive: false }).addTo(drawn);
      L.polyline(route, { color: "$accent", weight: 4, interactive: false, className: "tk-drawn" }).addTo(drawn);
    }
    route.forEach((point, at) => {
      const last = at === route.length - 1;
      L.circleMarker(point, {
        radius: last ? 8 : 5, color: "$white", weight: 2, fillOpacity: 1, interactive: false,
        fillColor: last ? "$contrast" : "$accent", className: "tk-drawn-point",
      }).addTo(drawn);
    });
  }
  function mount() {
    const made = mountFormMap(ground, state(), words.drawLabel);
    map = made.map;
    // Two taps close to each other are two points, not a wish to come nearer.
    map.doubleClickZoom.disable();
    drawn = L.layerGroup().addTo(map);
    // An area's click reaches the map too.
    map.on("click", (event) => place(event.latlng));
    made.box.addEventListener("keydown", (event) => {
      if (event.target !== made.box) return;
      if (event.key === "Enter") { event.preventDefault(); place(map.getCenter()); }
      if (event.key === "Backspace") { event.preventDefault(); set(points().slice(0, -1)); }
    });
    const route = points();
    if (route.length > 1) map.fitBounds(route, { padding: [30, 30], maxZoom: 17 });
    else {
      const view = start();
      map.setView([view[0], view[1]], view[2]);
    }
  }
  function show(wanted) {
    frame.hidden = !wanted;
    if (!wanted) return;
    if (!map) mount(); else map.invalidateSize();
    redraw();
  }
  tell();
  return {
    show,
    shows: () => !frame.hidden,
    redraw,
    remove() { if (map) map.remove(); },
  };
}
