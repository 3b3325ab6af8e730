// Shows one slide at a time, mounts its maps when they are first seen, and listens to the keys that
// keyboards and remote controls send.

(function present() {
  const slides = [...document.querySelectorAll(".slide")];
  const list = document.getElementById("list");
  const place = document.getElementById("place");
  const mounted = new Map();
  // A sheet of paper shows a little more of the ground than the screen did.
  L.Renderer.mergeOptions({ padding: 0.6 });
  let current = 0;
  let digits = "";
  let waiting = 0;

  function mount(frame) {
    if (mounted.has(frame)) return;
    const { ground, state } = DECK.maps[Number(frame.dataset.map)];
    const { MAP_ID, AREAS, LABELS, WORDS, TOWN, buildMap } = GROUNDS[ground]();
    const box = frame.querySelector(".tk-map");
    // folium finds its box by this name, and there is one box for each map.
    box.id = MAP_ID;
    const { map, layer } = buildMap();
    box.removeAttribute("id");
    map.attributionControl.setPrefix(false);
    makePainter(L, map, layer, AREAS, LABELS, WORDS, frame).update({ ...state, mark: "" });
    const fit = () => map.fitBounds(TOWN || layer.getBounds(), { animate: false });
    if (TOWN) addViews(map, WORDS, TOWN, layer.getBounds());
    // The legend has taken its room by now.
    map.invalidateSize({ animate: false });
    fit();
    mounted.set(frame, { map, fit });
  }

  function addViews(map, words, town, whole) {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = L.DomUtil.create("div", "leaflet-bar");
      for (const [label, title, bounds] of [
        [words.townShort, words.town, town], [words.wholeShort, words.whole, whole],
      ]) {
        const button = L.DomUtil.create("a", "", bar);
        Object.assign(button, { href: "#", role: "button", title, textContent: label });
        button.setAttribute("aria-label", title);
        L.DomEvent.disableClickPropagation(button);
        L.DomEvent.on(button, "click", (event) => { L.DomEvent.preventDefault(event); map.fitBounds(bounds); });
      }
      return bar;
    };
    control.addTo(map);
  }

  const framesOf = (slide) => slide.querySelectorAll("[data-map]");

  function show(wanted, focus) {
    current = Math.max(0, Math.min(slides.length - 1, wanted));
    slides.forEach((slide, at) => slide.classList.toggle("current", at === current));
    framesOf(slides[current]).forEach((frame) => mount(frame));
    place.textContent = DECK.slide.replace("{n}", current + 1).replace("{all}", slides.length);
    document.title = `${slides[current].querySelector("h1").textContent} – ${DECK.title}`;
    history.replaceState(null, "", `#slide-${current + 1}`);
    document.getElementById("previous").disabled = current === 0;
    document.getElementById("next").disabled = current === slides.length - 1;
    if (focus) slides[current].focus({ preventScroll: true });
  }

  const open = () => { list.showModal(); list.querySelectorAll("a")[current].focus(); };
  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  }
  function digit(key) {
    digits += key;
    clearTimeout(waiting);
    // A second digit may follow where there are ten slides or more.
    waiting = setTimeout(() => { show(Number(digits) - 1, true); digits = ""; }, slides.length > 9 ? 700 : 0);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || list.open) return;
    const inMap = event.target.closest(".leaflet-container");
    const inTable = event.target.closest(".table, details[open]");
    const inButton = event.target.closest("button, summary, a");
    const turned = document.documentElement.dir === "rtl" ? -1 : 1;
    const steps = { PageDown: 1, PageUp: -1 };
    if (!inMap && !inTable) Object.assign(steps, { ArrowRight: turned, ArrowLeft: -turned, ArrowDown: 1, ArrowUp: -1 });
    if (!inButton && !inTable) steps[" "] = event.shiftKey ? -1 : 1;
    if (event.key in steps) show(current + steps[event.key], true);
    else if (event.key === "Home") show(0, true);
    else if (event.key === "End") show(slides.length - 1, true);
    else if (/^[0-9]$/.test(event.key)) digit(event.key);
    else if (event.key === "f" || event.key === "F") fullScreen();
    else if (event.key === "Escape") open();
    else return;
    event.preventDefault();
  }, true);

  let touched = null;
  document.addEventListener("touchstart", (event) => {
    const one = event.touches.length === 1 && !event.target.closest(".leaflet-container, .table");
    touched = one ? event.touches[0] : null;
  }, { passive: true });
  document.addEventListener("touchend", (event) => {
    if (!touched) return;
    const across = event.changedTouches[0].clientX - touched.clientX;
    const down = event.changedTouches[0].clientY - touched.clientY;
    const turned = document.documentElement.dir === "rtl" ? -1 : 1;
    if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(down)) show(current - turned * Math.sign(across), true);
  });

  document.getElementById("previous").onclick = () => show(current - 1, false);
  document.getElementById("next").onclick = () => show(current + 1, false);
  document.getElementById("contents").onclick = open;
  document.getElementById("full_screen").onclick = fullScreen;
  document.getElementById("close").onclick = () => list.close();
  list.querySelectorAll("a").forEach((link, at) => {
    link.onclick = (event) => { event.preventDefault(); list.close(); show(at, true); };
  });

  // On paper every slide is there at once, and each map is as large as its sheet lets it be.
  const everyMap = () => mounted.forEach(({ map, fit }) => { map.invalidateSize({ animate: false }); fit(); });
  const opened = [];
  window.addEventListener("beforeprint", () => {
    document.documentElement.classList.add("printing");
    document.documentElement.classList.remove("running");
    document.querySelectorAll("details.about:not([open])").forEach((part) => { part.open = true; opened.push(part); });
    slides.forEach((slide) => framesOf(slide).forEach((frame) => mount(frame)));
    everyMap();
  });
  window.addEventListener("afterprint", () => {
    document.documentElement.classList.remove("printing");
    document.documentElement.classList.add("running");
    opened.splice(0).forEach((part) => { part.open = false; });
    everyMap();
  });
  new ResizeObserver(() => mounted.forEach(({ map }) => map.invalidateSize({ animate: false }))).observe(document.body);

  document.documentElement.classList.add("running");
  const asked = Number((location.hash.match(/^#slide-([0-9]+)$/) || [])[1] || 1);
  show(asked - 1, false);
}());
