// Mounts the map that folium built once, keeps it alive, and repaints it when the choice changes.
// Panning and zooming send nothing: the view is kept in the address by the browser alone.
// Stands in an element of its own whose message never changes, so that it travels once.

const mounted = new WeakMap();
// Every map on the page, of whichever set of areas: they move together.
const mates = (window.trygghetskartaMates ||= new Set());
let mountings = 0;

function readView() {
  const parts = (new URLSearchParams(location.search).get("vy") || "").split("/").map(Number);
  return parts.length === 3 && parts.every(Number.isFinite) ? parts : null;
}

function writeView(view) {
  window.trygghetskartaWritten = view;
  const address = new URL(location.href);
  if (address.searchParams.get("vy") === view) return;
  // Written by hand so that the slashes stay readable in a mailed link.
  address.searchParams.delete("vy");
  const rest = address.searchParams.toString();
  history.replaceState(history.state, "", `${address.pathname}?${rest ? rest + "&" : ""}vy=${view}`);
}

function addButtons(L, map, words, towns, whole) {
  const control = L.control({ position: "topleft" });
  control.onAdd = () => {
    const bar = L.DomUtil.create("div", "leaflet-bar");
    for (const [label, title, action] of [
      [words.townShort, words.town, () => map.setView([towns[1], towns[2]], towns[0])],
      [words.wholeShort, words.whole, () => map.fitBounds(whole)],
    ]) {
      const button = L.DomUtil.create("a", "", bar);
      button.href = "#";
      button.role = "button";
      button.title = title;
      button.setAttribute("aria-label", title);
      button.textContent = label;
      L.DomEvent.disableClickPropagation(button);
      L.DomEvent.on(button, "click", (event) => { L.DomEvent.preventDefault(event); action(); });
    }
    return bar;
  };
  control.addTo(map);
}

function mount(parent, component) {
  const root = document.createElement("div");
  root.className = "tk-root";
  const box = document.createElement("div");
  box.className = "tk-map folium-map";
  box.id = MAP_ID;
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", WORDS.label);
  root.appendChild(box);
  parent.appendChild(root);
  const { map, layer } = buildMap();
  // folium finds its box by this name; the next map of the page needs it for its own.
  box.id = `${MAP_ID}_${(mountings += 1)}`;
  // Leaflet focuses its map at the first press and puts the window's scroll back, but here another
  // element scrolls: the page would jump and the click be lost.
  box.addEventListener("mousedown", () => box.focus({ preventScroll: true }), true);
  map.attributionControl.setPrefix(false);
  map.zoomControl.remove();
  L.control.zoom({ zoomInTitle: WORDS.zoomIn, zoomOutTitle: WORDS.zoomOut }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  // The municipality's zoom is meant for a map 1 000 pixels wide.
  const fit = Math.round(2 * Math.log2((box.clientWidth || 1000) / 1000)) / 2;
  map.setView([TOWN[1], TOWN[2]], TOWN[0] + fit, { animate: false });
  addButtons(L, map, WORDS, [TOWN[0] + fit, TOWN[1], TOWN[2]], layer.getBounds());
  // What was seen on the last map is seen on the next one.
  const look = () => {
    const [zoom, latitude, longitude] = window.trygghetskartaView;
    map.setView([latitude, longitude], zoom, { animate: false });
  };
  window.trygghetskartaView ||= readView() || [map.getZoom(), TOWN[1], TOWN[2]];
  look();
  const painter = makePainter(L, map, layer, AREAS, LABELS, WORDS, root);
  const live = { map, painter, root, component, led: false, painting: false };
  layer.on("click", (event) => {
    const { row } = event.layer.feature.properties;
    live.component.setTriggerValue("click", [AREAS[row].code, event.latlng.lat, event.latlng.lng, ""]);
  });
  painter.onPick((id, place) => {
    live.component.setTriggerValue("click", ["", place.lat, place.lng, id]);
  });
  map.on("move", () => {
    if (live.led) return;
    for (const mate of mates) {
      if (mate === live) continue;
      mate.led = true;
      mate.map.setView(map.getCenter(), map.getZoom(), { animate: false });
      mate.led = false;
    }
  });
  mates.add(live);
  map.on("moveend", () => {
    if (live.led) return;
    const centre = map.getCenter();
    window.trygghetskartaView = [map.getZoom(), centre.lat, centre.lng];
    // The address tells where the user has gone, not where a choice has led.
    if (live.painting) return;
    writeView(`${map.getZoom()}/${centre.lat.toFixed(5)}/${centre.lng.toFixed(5)}`);
  });
  // Another size shows more or less of the same place. A map that is being taken away has none.
  live.resize = new ResizeObserver(() => {
    if (!box.clientWidth || !box.clientHeight) return;
    live.led = true;
    map.invalidateSize({ pan: false });
    look();
    live.led = false;
  });
  live.resize.observe(box);
  mounted.set(parent, live);
  return live;
}

function show(component) {
  const parent = component.parentElement;
  // Whoever has left the page before the map came has no place for it.
  if (!parent.isConnected) return;
  const live = mounted.get(parent) || mount(parent, component);
  live.component = component;
  live.painting = true;
  live.painter.update(component.data);
  live.painting = false;
  live.root.dataset.painted = String(component.data.number);
}

function hide(parent) {
  const live = mounted.get(parent);
  if (!live) return;
  mates.delete(live);
  live.resize.disconnect();
  live.painter.destroy();
  live.map.off();
  live.map.stop();
  live.root.remove();
  mounted.delete(parent);
  // What Leaflet has put off (a drag's glide, a turn of the wheel) still finds its panes.
  setTimeout(() => live.map.remove(), 1000);
}

export default function () {
  mapNamed(NAME).give({ show, hide });
}
