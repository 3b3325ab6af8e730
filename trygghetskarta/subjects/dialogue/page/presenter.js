// Holds a whole presentation and changes slides without asking the server for anything.
// Names and words become text nodes only: nothing from outside is ever parsed as HTML.

const presenters = new WeakMap();
let presenterMaps = 0;

class Presenter {
  constructor(component) {
    this.parent = component.parentElement;
    this.root = make("div", "tk-present");
    this.parent.appendChild(this.root);
    this.at = 0;
    this.digits = "";
    this.live = [];
    this.onKey = (event) => this.key(event);
    this.resize = new ResizeObserver(() => this.fit());
    this.resize.observe(this.root);
    this.update(component);
  }

  update(component) {
    this.component = component;
    const { deck, mode } = component.data;
    const shown = JSON.stringify([deck, mode]);
    if (shown !== this.shown) {
      this.shown = shown;
      this.build(deck, mode);
    }
    this.answered(component.data.leave);
  }

  build(deck, mode) {
    this.clear();
    this.deck = deck;
    this.full = mode === "full";
    const { root } = this;
    root.className = `tk-present${this.full ? " is-full" : ""}`;
    root.dir = deck.direction;
    root.lang = deck.language;
    root.tabIndex = this.full ? -1 : 0;
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", deck.title);
    this.slides = deck.slides.map((slide, at) => this.slide(slide, at));
    this.said = make("div", "tk-p-aside-said");
    this.said.setAttribute("aria-live", "polite");
    const stage = make("div", "tk-p-stage");
    stage.append(...this.slides.map((one) => one.node));
    if (!this.slides.length) stage.appendChild(make("p", "tk-p-empty", deck.words.no_slides));
    root.append(stage, this.bar(), this.said);
    this.overlay = this.drawOverview();
    root.appendChild(this.overlay);
    (this.full ? document : root).addEventListener("keydown", this.onKey);
    this.swipe(stage);
    this.at = Math.min(this.at, Math.max(this.slides.length - 1, 0));
    this.fit();
    this.go(this.at);
  }

  slide(slide, at) {
    const node = make("section", `tk-p-slide tk-p-${slide.kind}`);
    node.hidden = true;
    node.setAttribute("aria-roledescription", "slide");
    const head = make("header", "tk-p-head");
    const place = make("p", "tk-p-place", [this.deck.title, this.deck.subtitle].join(" · "));
    head.appendChild(place);
    if (this.deck.mark) head.appendChild(make("p", "tk-p-mark", this.deck.mark));
    const title = make("h1", "", slide.title);
    node.append(head, title);
    if (slide.question) node.appendChild(make("p", "tk-p-question", slide.question));
    const body = make("div", `tk-p-body${slide.maps.length ? " has-map" : ""}${slide.maps.length > 1 ? " has-two" : ""}`);
    const maps = slide.maps.map((one) => {
      const side = make("figure", "tk-p-side");
      if (one.title) side.appendChild(make("figcaption", "", one.title));
      const { root, box } = mapBox(one.told);
      side.appendChild(root);
      body.appendChild(side);
      return { box, state: one.state };
    });
    const aside = maps.length ? body.appendChild(make("div", "tk-p-aside")) : body;
    if (slide.legend) aside.appendChild(drawLegend(slide.legend));
    if (slide.chart) aside.append(make("h2", "tk-p-chart-head", slide.chart.heading), drawBars(slide.chart));
    if (slide.table && !maps.length) aside.appendChild(drawTable(slide.table, "tk-p-table"));
    if (slide.kind !== "sa_laser_du_kartan" && !slide.chart) aside.appendChild(drawParagraphs(slide));
    if (slide.table && maps.length) {
      const open = make("button", "tk-p-button", this.deck.words.table);
      open.type = "button";
      open.addEventListener("click", () => this.showTable(slide, open));
      aside.appendChild(open);
    }
    node.appendChild(body);
    const foot = make("footer", "tk-p-foot");
    for (const line of slide.caption) foot.appendChild(make("p", "", line));
    node.appendChild(foot);
    return { node, maps, slide, mounted: false, at };
  }

  button(label, sign, action, className = "") {
    const made = make("button", `tk-p-button ${className}`, sign);
    made.type = "button";
    made.setAttribute("aria-label", label);
    made.title = label;
    made.addEventListener("click", action);
    return made;
  }

  bar() {
    const { words, direction } = this.deck;
    const turned = direction === "rtl";
    const bar = make("nav", "tk-p-bar");
    bar.setAttribute("aria-label", words.overview);
    this.count = make("span", "tk-p-count");
    this.count.dir = "ltr";
    this.previous = this.button(words.previous, turned ? "→" : "←", () => this.go(this.at - 1));
    this.next = this.button(words.next, turned ? "←" : "→", () => this.go(this.at + 1));
    bar.append(this.previous, this.count, this.next, this.button(words.overview, "☰", () => this.toggle()));
    const whole = this.button(words.full_screen, "", () => this.screen());
    whole.appendChild(corners());
    bar.appendChild(whole);
    return bar;
  }

  drawOverview() {
    const { words } = this.deck;
    const box = make("dialog", "tk-p-overview");
    box.setAttribute("aria-label", words.overview);
    box.appendChild(make("h2", "", words.overview));
    const list = make("ol");
    this.slides.forEach(({ slide }, at) => {
      const open = make("button", "", slide.title);
      open.type = "button";
      open.addEventListener("click", () => { box.close(); this.go(at); });
      list.appendChild(make("li")).appendChild(open);
    });
    box.append(list, make("p", "tk-p-data", fillIn(words.data, { data: "", fingerprint: this.deck.fingerprint }).trim()));
    const close = make("button", "tk-p-button", words.close);
    close.type = "button";
    close.addEventListener("click", () => box.close());
    box.appendChild(close);
    if (this.component.data.leave) box.appendChild(this.drawLeave());
    return box;
  }

  drawLeave() {
    const { words } = this.component.data.leave;
    const form = make("form", "tk-p-leave");
    const label = make("label", "", words.ask);
    this.word = make("input");
    this.word.type = "password";
    this.word.autocomplete = "off";
    label.appendChild(this.word);
    const send = make("button", "tk-p-button", words.leave);
    this.wrong = make("p", "tk-p-wrong");
    this.wrong.setAttribute("role", "alert");
    form.append(label, send, this.wrong);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.component.setTriggerValue("leave", [this.word.value, Date.now()]);
      this.word.value = "";
    });
    return form;
  }

  answered(leave) {
    if (!leave || !this.wrong) return;
    this.wrong.textContent = leave.wrong;
    if (leave.wrong) this.wrong.scrollIntoView({ block: "end" });
    if (leave.open) location.replace(leave.open);
  }

  showTable(slide, opener) {
    const box = make("dialog", "tk-p-overview tk-p-figures");
    box.setAttribute("aria-label", slide.title);
    const close = make("button", "tk-p-button", this.deck.words.close);
    close.type = "button";
    close.addEventListener("click", () => box.close());
    const scroll = make("div", "tk-p-scroll");
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", slide.title);
    scroll.appendChild(drawTable(slide.table, "tk-p-table"));
    box.append(make("h2", "", slide.title), scroll, close);
    box.addEventListener("close", () => { box.remove(); opener.focus({ preventScroll: true }); });
    this.root.appendChild(box);
    box.showModal();
  }

  mountMaps(one) {
    if (one.mounted || typeof buildMap === "undefined") return;
    one.mounted = true;
    for (const { box, state } of one.maps) {
      box.id = MAP_ID;
      const { map, layer } = buildMap();
      box.id = `${MAP_ID}_deck${(presenterMaps += 1)}`;
      map.attributionControl.setPrefix(false);
      map.keyboard.disable();
      map.scrollWheelZoom.disable();
      box.tabIndex = -1;
      map.zoomControl.remove();
      L.control.zoom({ zoomInTitle: WORDS.zoomIn, zoomOutTitle: WORDS.zoomOut, position: "topright" }).addTo(map);
      const words = { ...WORDS, ...this.deck.painter };
      const painter = makePainter(L, map, layer, AREAS, LABELS, words, make("div"));
      const made = { map, painter, one };
      map.on("move", () => this.follow(made));
      this.frame(map);
      painter.update(state);
      this.live.push(made);
    }
  }

  frame(map) {
    const edge = 34 * this.scale;
    map.fitBounds(this.deck.focus, { animate: false, padding: [edge, edge] });
  }

  follow(moved) {
    if (this.leading) return;
    this.leading = true;
    for (const other of this.live) {
      if (other !== moved && other.one === moved.one) {
        other.map.setView(moved.map.getCenter(), moved.map.getZoom(), { animate: false });
      }
    }
    this.leading = false;
  }

  go(wanted) {
    if (!this.slides.length) return;
    const at = Math.max(0, Math.min(this.slides.length - 1, wanted));
    this.slides.forEach((one) => { one.node.hidden = one.at !== at; });
    const before = this.at;
    this.at = at;
    const one = this.slides[at];
    this.mountMaps(one);
    for (const made of this.live) if (made.one === one) made.map.invalidateSize({ pan: false });
    this.previous.disabled = at === 0;
    this.next.disabled = at === this.slides.length - 1;
    this.count.textContent = `${at + 1} / ${this.slides.length}`;
    const told = fillIn(this.deck.words.slide, { n: at + 1, all: this.slides.length });
    this.said.textContent = before === at ? "" : `${told}: ${one.slide.title}`;
    this.root.dataset.slide = String(at + 1);
    one.node.scrollTop = 0;
  }

  fit() {
    const { clientWidth: width, clientHeight: height } = this.root;
    if (!width) return;
    const phone = width < 700;
    this.root.classList.toggle("is-phone", phone);
    this.scale = phone ? 0.66 : Math.max(0.4, Math.min(width / 1920, height / 1080));
    this.root.style.setProperty("--s", this.scale);
    for (const made of this.live) {
      made.map.invalidateSize({ pan: false });
      this.frame(made.map);
      made.map.fire("zoomend");
    }
  }

  toggle() {
    if (this.overlay.open) this.overlay.close();
    else {
      this.overlay.showModal();
      this.overlay.querySelectorAll("li button")[this.at]?.focus();
    }
  }

  screen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen?.().catch(() => {});
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, dialog")) return;
    const forward = this.deck.direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    const onButton = event.target.closest?.("button, a, [role=button]");
    const steps = {
      [forward]: 1, ArrowDown: 1, PageDown: 1, [back]: -1, ArrowUp: -1, PageUp: -1,
      Home: -this.slides.length, End: this.slides.length,
    };
    if (event.key === " " && !onButton) steps[" "] = event.shiftKey ? -1 : 1;
    if (event.key in steps) this.go(this.at + steps[event.key]);
    else if (/^\d$/.test(event.key)) this.digit(event.key);
    else if (event.key === "f" || event.key === "F") this.screen();
    else if (event.key === "Escape") this.toggle();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  digit(key) {
    clearTimeout(this.waiting);
    const both = Number(this.digits + key);
    const wanted = both <= this.slides.length ? both : Number(key);
    this.digits = String(wanted);
    if (wanted) this.go(wanted - 1);
    this.waiting = setTimeout(() => { this.digits = ""; }, 900);
  }

  swipe(stage) {
    let from = null;
    stage.addEventListener("touchstart", (event) => {
      const [touch] = event.touches;
      from = event.touches.length === 1 && !event.target.closest(".tk-map") ? [touch.clientX, touch.clientY] : null;
    }, { passive: true });
    stage.addEventListener("touchend", (event) => {
      if (!from) return;
      const [touch] = event.changedTouches;
      const [x, y] = [touch.clientX - from[0], touch.clientY - from[1]];
      from = null;
      if (Math.abs(x) < 50 || Math.abs(x) < 1.5 * Math.abs(y)) return;
      const forward = this.deck.direction === "rtl" ? 1 : -1;
      this.go(this.at + (Math.sign(x) === forward ? 1 : -1));
    }, { passive: true });
  }

  clear() {
    for (const { map, painter } of this.live) { painter.destroy(); map.remove(); }
    this.live = [];
    this.root.replaceChildren();
    document.removeEventListener("keydown", this.onKey);
    this.root.removeEventListener("keydown", this.onKey);
  }

  destroy() {
    this.resize.disconnect();
    clearTimeout(this.waiting);
    this.clear();
    this.root.remove();
  }
}

export default function (component) {
  const parent = component.parentElement;
  const known = presenters.get(parent);
  if (known) known.update(component);
  else presenters.set(parent, new Presenter(component));
  return () => {
    presenters.get(parent)?.destroy();
    presenters.delete(parent);
  };
}
