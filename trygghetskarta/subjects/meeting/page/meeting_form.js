// A place, a feeling, a reason. What is answered lives in the browser until the server has said that
// it is stored, under an identity made here: a lost connection loses nothing and nothing counts twice.
// Nothing of an answer is left in the browser afterwards: the next person holds the same tablet.

const RETRY_MS = 4000;
const THANKS_MS = 25000;
const live = new WeakMap();

function newIdentity() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Without https there is no randomUUID, but there is randomness.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// What is said already is not said again to those who listen.
const write = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const parsed = (text) => { try { return JSON.parse(text); } catch { return null; } };

function makeForm(parent, component) {
  const { words } = component.data;
  const box = `trygghetskarta.room.${component.data.meeting}`;
  const waits = `${box}.answer.`;
  // Every answer lies by itself, so that no page of one browser writes over another's.
  const outbox = [];
  const adopted = new Set();
  // A random word, which says nothing but that two answers come from one browser: it is counted
  // while the meeting is open and never kept with an answer.
  const fresh = newIdentity();
  const phone = () => {
    const name = `${box}.phone`;
    try {
      if (!localStorage.getItem(name)) localStorage.setItem(name, fresh);
      return localStorage.getItem(name);
    } catch { return fresh; }
  };
  let current = component;
  let sentAt = 0;
  let pin = {};
  let last = null;
  let said = "";
  let timer = 0;

  const make = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const button = (text, className, act) => {
    const made = make("button", `tk-room-button ${className}`, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };

  const root = make("div", "tk-room");
  const head = make("div", "tk-room-head");
  const mark = make("span", "tk-room-mark", component.data.mark);
  mark.hidden = !component.data.mark;
  head.append(make("h1", "", component.data.name), make("p", "", component.data.where), mark);
  const pending = make("p", "tk-room-pending");
  pending.setAttribute("role", "status");
  const question = make("h2", "tk-room-question");
  question.tabIndex = -1;
  const place = make("p", "tk-room-place");
  const problem = make("p", "tk-room-problem");
  problem.setAttribute("role", "alert");
  const steps = {};
  for (const name of ["where", "list", "feeling", "reason", "thanks", "closed"]) {
    steps[name] = make("div", `tk-room-step tk-room-${name}`);
  }
  root.append(head, pending, place, question, problem, ...Object.values(steps));
  parent.append(root);

  // --- where ---
  const mapRoot = make("div", "tk-root tk-room-map");
  const mapBox = make("div", "tk-map folium-map");
  mapBox.id = MAP_ID;
  mapBox.setAttribute("role", "application");
  mapBox.setAttribute("aria-label", words.mapLabel);
  mapRoot.append(mapBox);
  steps.where.append(
    mapRoot,
    button(words.list, "tk-room-plain", () => go("list")),
    make("p", "tk-room-privacy", words.privacy),
  );
  const made = buildMap();
  mapBox.id = `${MAP_ID}_room`;
  const map = made.map;
  map.attributionControl.setPrefix(false);
  map.zoomControl.remove();
  L.control.zoom({ zoomInTitle: WORDS.zoomIn, zoomOutTitle: WORDS.zoomOut }).addTo(map);
  makePainter(L, map, made.layer, AREAS, LABELS, WORDS, mapRoot).update(component.data.map);
  // The town fills the map, whatever its size turns out to be, until somebody moves it.
  let isMoved = false;
  for (const touch of ["pointerdown", "wheel", "keydown"]) {
    mapBox.addEventListener(touch, () => { isMoved = true; }, { passive: true });
  }
  function placeTown() {
    if (isMoved || !mapBox.clientWidth) return;
    const fit = Math.round(2 * Math.log2(Math.min(mapBox.clientWidth, mapBox.clientHeight) / 560)) / 2;
    map.setView([TOWN[1], TOWN[2]], TOWN[0] + fit, { animate: false });
  }
  map.setView([TOWN[1], TOWN[2]], TOWN[0], { animate: false });
  made.layer.on("click", (event) => {
    event.originalEvent.isInside = true;
    const { row } = event.layer.feature.properties;
    put({ position: [event.latlng.lat, event.latlng.lng] }, AREAS[row].name);
  });
  map.on("click", (event) => {
    if (!event.originalEvent.isInside) problem.textContent = words.outside;
  });
  const resize = new ResizeObserver(() => { map.invalidateSize({ pan: false }); placeTown(); });
  resize.observe(mapBox);

  const select = make("select", "tk-room-select");
  const label = make("label", "tk-room-label", words.choose);
  select.append(new Option("", ""), ...component.data.districts.map(([code, name]) => new Option(name, code)));
  label.append(select);
  steps.list.append(
    label,
    button(words.next, "tk-room-strong", () => {
      if (!select.value) { problem.textContent = words.choose; select.focus(); return; }
      put({ position: null, district: select.value }, select.selectedOptions[0].text);
    }),
    button(words.map, "tk-room-plain", () => go("where")),
  );

  function put(where, name) {
    pin = { ...where, name };
    go("feeling");
  }

  // --- how, why ---
  const feelings = make("div", "tk-room-feelings");
  for (const [value, text] of component.data.feelings) {
    feelings.append(button(text, `tk-room-choice tk-room-${value}`, () => { pin.feeling = value; go("reason"); }));
  }
  steps.feeling.append(feelings, button(words.back, "tk-room-plain", () => go(pin.position ? "where" : "list")));
  const reasons = make("div", "tk-room-reasons");
  for (const [value, text] of component.data.reasons) {
    reasons.append(button(text, "tk-room-choice", () => finish(value)));
  }
  steps.reason.append(reasons, button(words.back, "tk-room-plain", () => go("feeling")));

  // --- thank you ---
  const undo = button(words.undo, "tk-room-plain", takeBack);
  steps.thanks.append(button(words.another, "tk-room-strong", restart), undo);
  steps.closed.append(make("p", "", component.data.closed));

  let shown = "";
  function go(name) {
    shown = name;
    problem.textContent = "";
    for (const [other, step] of Object.entries(steps)) step.hidden = other !== name;
    const numbers = { where: 1, list: 1, feeling: 2, reason: 3 };
    const titles = { where: words.where, list: words.where, feeling: words.feeling, reason: words.reason };
    question.textContent = titles[name] || "";
    question.hidden = !titles[name] && name !== "thanks";
    place.textContent = numbers[name] ? words.step.replace("{n}", numbers[name]) : "";
    if (name === "where") place.append(` · ${words.whereHint}`);
    if (["feeling", "reason"].includes(name)) place.append(` · ${pin.name}`);
    if (name === "reason") place.append(` · ${component.data.feelings.find(([value]) => value === pin.feeling)[1]}`);
    clearTimeout(timer);
    if (name === "where") map.invalidateSize({ pan: false });
    if (name === "thanks") { thank(); timer = setTimeout(restart, THANKS_MS); }
    if (name !== "closed") question.focus({ preventScroll: true });
    root.scrollIntoView({ block: "start" });
  }
  function restart() {
    pin = {};
    last = null;
    said = "";
    select.value = "";
    go(current.data.open ? "where" : "closed");
  }
  function finish(reason) {
    const { name, ...answer } = pin;
    last = newIdentity();
    post({ kind: "pin", identity: last, key: last, phone: phone(), ...answer, reason });
    pin = {};
    undo.hidden = false;
    go("thanks");
  }
  function takeBack() {
    // It may be on its way already: what is not sent is dropped, and what is sent is taken back.
    const at = outbox.findIndex((one) => one.key === last);
    if (at >= 0) drop(outbox[at]);
    post({ kind: "undo", identity: last, key: `undo-${last}` });
    last = null;
    undo.hidden = true;
    said = words.undone;
    thank();
  }
  function thank() {
    if (shown !== "thanks") return;
    write(question, said || (last && outbox.some((one) => one.key === last) ? words.waiting : words.thanks));
  }

  // --- keep, send, hear ---
  function keep(one) {
    try { localStorage.setItem(waits + one.key, JSON.stringify(one)); } catch { /* a browser that keeps nothing still sends */ }
  }
  function drop(one) {
    outbox.splice(outbox.indexOf(one), 1);
    try { localStorage.removeItem(waits + one.key); } catch { /* as above */ }
  }
  // What an earlier page of this browser left is sent from here too, and what another one is done
  // with is not. Gives those that were not known before: their page may still send them itself, or
  // take them back, so they wait for the next turn.
  function look() {
    const found = new Map();
    try {
      takeOver();
      for (const [name, told] of Object.entries(localStorage)) {
        const one = name.startsWith(waits) && parsed(told);
        if (one && one.key) found.set(one.key, one);
      }
    } catch { return []; }
    for (const one of [...outbox]) {
      if (adopted.has(one.key) && !found.has(one.key)) outbox.splice(outbox.indexOf(one), 1);
    }
    const strange = [...found.values()].filter(({ key }) => !outbox.some((one) => one.key === key));
    for (const one of strange) adopted.add(one.key);
    outbox.push(...strange);
    return strange;
  }
  // An earlier version of the program kept all answers in one list.
  function takeOver() {
    for (const one of parsed(localStorage.getItem(box)) || []) {
      localStorage.setItem(waits + one.key, JSON.stringify(one));
    }
    localStorage.removeItem(box);
  }
  function tell() {
    const late = outbox.filter((one) => one.kind === "pin" && one.key !== last).length;
    write(pending, late ? words.pending.replace("{n}", late) : "");
    thank();
  }
  function post(one) {
    outbox.push(one);
    keep(one);
    send(true);
  }
  function send(now) {
    const strange = look();
    tell();
    const due = outbox.filter((one) => !strange.includes(one));
    if (!due.length || (!now && Date.now() - sentAt < RETRY_MS)) return;
    sentAt = Date.now();
    current.setTriggerValue("report", JSON.stringify(due));
  }
  function hear(answers) {
    let refused = "";
    for (const one of [...outbox]) {
      const answer = answers[one.key];
      if (!answer || answer.state === "later") continue;
      if (answer.state === "refused") refused = answer.said;
      drop(one);
    }
    if (refused) {
      said = refused;
      undo.hidden = true;
      if (shown !== "thanks") problem.textContent = refused;
    }
    tell();
  }

  const again = setInterval(() => send(false), RETRY_MS);
  const online = () => send(true);
  window.addEventListener("online", online);
  look();
  restart();
  return {
    update(next) {
      current = next;
      hear(next.data.answers);
      if (!next.data.open && shown !== "thanks" && shown !== "closed") go("closed");
      send(false);
    },
    destroy() {
      clearInterval(again);
      clearTimeout(timer);
      window.removeEventListener("online", online);
      resize.disconnect();
      map.remove();
      root.remove();
    },
  };
}

export default function (component) {
  const { parentElement } = component;
  if (!live.has(parentElement)) live.set(parentElement, makeForm(parentElement, component));
  live.get(parentElement).update(component);
  return () => {
    const form = live.get(parentElement);
    if (form) form.destroy();
    live.delete(parentElement);
  };
}
