// The form for those who walk. Everything filled in lives in the browser until the server has said
// that it is stored: a lost connection loses nothing, and what is sent twice is stored once, because
// every report has an identity made here. Words from outside become text nodes only.

const RETRY_MS = 4000;

function makeForm(parent, component, reports) {
  const { words } = component.data;
  const { draft, outbox } = reports;
  // An answer is to what was sent, not to what has been changed since.
  for (const one of outbox) one.key ||= newIdentity();
  const unkept = new Set();
  const unposted = new Set();
  let said = "";
  let current = component;
  let sentAt = 0;
  let map = null;
  let sign = null;

  const root = make("div", "tk-phone");
  const status = make("div", "tk-phone-status");
  status.setAttribute("role", "status");
  const asideBox = make("div", "tk-phone-aside");
  asideBox.setAttribute("role", "status");
  root.append(status, asideBox);
  parent.append(root);

  const { group, choices, textInput } = makeFields(root, () => saveDraft());
  const saveDraft = () => reports.keep().then((kept) => tellKept("draft", kept));
  // What the browser could not keep is said at once, and again if somebody is about to leave.
  function tellKept(what, kept) {
    if (kept) unkept.delete(what); else unkept.add(what);
    const lost = [...unkept].some((one) => one !== "photo");
    keptTold.textContent = lost ? words.notKept : unkept.has("photo") ? words.photoNotKept : "";
  }
  const leaving = (event) => { if (unkept.size) event.preventDefault(); };
  window.addEventListener("beforeunload", leaving);

  // --- what kind of walk ---
  const typeGroup = group(words.type);
  const paintType = choices(typeGroup, "tk-two", words.types, () => draft.type, (value) => { draft.type = value; saveDraft(); showFactors(); });

  // --- where ---
  const placeGroup = group(words.place);
  const placeButtons = make("div", "tk-phone-choices tk-two");
  placeButtons.append(
    button(words.here, "tk-phone-choice", findMe),
    button(words.point, "tk-phone-choice", openMap),
  );
  const mapBox = make("div", "tk-root tk-phone-map");
  mapBox.hidden = true;
  const placeTold = make("p", "tk-phone-told");
  placeTold.setAttribute("role", "status");
  placeGroup.append(placeButtons, mapBox, placeTold);
  const placeInput = textInput(placeGroup, words.placeName, draft.finding.place, (value) => { draft.finding.place = value; });

  function tellPlace(text) {
    const at = draft.finding.position;
    const number = new Intl.NumberFormat("sv-SE", { minimumFractionDigits: 4, maximumFractionDigits: 4 });
    const near = draft.finding.accuracy ? ` (± ${Math.round(draft.finding.accuracy)} m)` : "";
    placeTold.textContent = text || (at ? `${words.placed}: ${number.format(at[0])} N, ${number.format(at[1])} O${near}` : "");
    if (!map) return;
    if (sign) sign.remove();
    sign = at && L.circleMarker(at, { radius: 11, color: "$white", weight: 3, fillColor: "$contrast", fillOpacity: 1, interactive: false }).addTo(map);
  }
  function setPlace(latitude, longitude, accuracy) {
    draft.finding.position = [latitude, longitude];
    draft.finding.accuracy = accuracy;
    saveDraft();
    tellPlace("");
  }
  function findMe() {
    if (!window.isSecureContext || !navigator.geolocation) { tellPlace(words.noHttps); return; }
    tellPlace(words.searching);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setPlace(coords.latitude, coords.longitude, coords.accuracy);
        if (map) map.setView([coords.latitude, coords.longitude], 17);
      },
      (error) => tellPlace(error.code === error.PERMISSION_DENIED ? words.denied : words.notFound),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 },
    );
  }
  const townView = () => [[TOWN[1], TOWN[2]], TOWN[0] - 1];
  function openMap() {
    mapBox.hidden = !mapBox.hidden;
    if (mapBox.hidden || map) { if (map) map.invalidateSize(); return; }
    const made = mountFormMap(mapBox, current.data.map, words.point);
    map = made.map;
    const at = draft.finding.position;
    if (at) map.setView(at, 16); else map.setView(...townView());
    const tap = (event) => setPlace(event.latlng.lat, event.latlng.lng, 0);
    map.on("click", tap);
    made.layer.on("click", tap);
    tellPlace("");
  }

  // --- what ---
  const categoryGroup = group(words.category);
  const paintCategory = choices(categoryGroup, "tk-two", words.categories, () => draft.finding.category, (value) => {
    draft.finding.category = value; saveDraft(); showAsked();
  });
  const askedIn = (place) => words.fields.filter((field) => field.group === place).map((field) => ask(field, place));
  const askedFirst = askedIn("what");
  const moreGroup = group(words.more);
  const asked = [...askedFirst, ...askedIn("more")];
  // Gives { refill, show }: what is filled in is painted anew, and what is not for the category hidden.
  function ask(field, place) {
    const { name, options, kind } = field;
    const has = () => draft.finding[name];
    const box = kind === "choices" ? group(field.question) : make("div", "tk-phone-asked");
    (place === "more" ? moreGroup : root).append(box);
    let refill;
    if (kind === "choices") {
      const values = Object.fromEntries(options.map(([value]) => [String(value), value]));
      // What is voluntary is taken back by another tap.
      const next = (value) => (!field.untold && String(has()) === value ? "" : values[value]);
      refill = choices(box, "tk-two", options, has, (value) => { draft.finding[name] = next(value); saveDraft(); });
    } else {
      const input = textInput(box, field.question, has() || "", (value) => { draft.finding[name] = value; }, kind);
      if (kind === "number") Object.assign(input, { min: field.least, max: field.most ?? "", inputMode: "numeric" });
      refill = () => { input.value = has() || ""; };
    }
    if (field.hint) box.append(make("p", "tk-phone-hint", field.hint));
    return { refill, show: () => { box.hidden = field.notFor.includes(draft.finding.category); } };
  }
  const showAsked = () => asked.forEach((one) => one.show());
  const photo = makePhotoField({
    parent: moreGroup, words, reports,
    finding: () => draft.finding,
    changed: saveDraft,
    kept: (isKept) => tellKept("photo", isKept),
    busy: (isBusy) => { save.disabled = isBusy; },
  });

  // --- the environment, for a rond ---
  const factorBox = make("details", "tk-phone-details");
  factorBox.append(make("summary", "", words.factorsTitle), make("p", "tk-phone-hint", words.factorsHint));
  root.append(factorBox);
  const paintFactors = words.factors.map(([factor, name]) => {
    const field = make("fieldset", "tk-phone-group");
    field.append(make("legend", "", name));
    factorBox.append(field);
    return choices(field, "tk-five", [1, 2, 3, 4, 5].map((mark) => [mark, String(mark)]), () => draft.finding.factors[factor], (mark) => {
      if (draft.finding.factors[factor] === Number(mark)) delete draft.finding.factors[factor];
      else draft.finding.factors[factor] = Number(mark);
      saveDraft();
    });
  });
  function showFactors() { factorBox.hidden = draft.type !== words.audit; }

  const problem = make("p", "tk-phone-problem");
  problem.setAttribute("role", "alert");
  const bar = make("div", "tk-phone-bar");
  const save = button(words.save, "tk-phone-save", saveFinding);
  const keptTold = make("p", "tk-phone-problem tk-phone-unkept");
  keptTold.setAttribute("role", "alert");
  bar.append(keptTold, problem, save);
  root.append(bar);

  // --- the walk itself ---
  const walkBox = make("details", "tk-phone-details");
  walkBox.append(make("summary", "", words.walkTitle), make("p", "tk-phone-hint", words.walkHint));
  root.append(walkBox);
  const walkInputs = {};
  for (const [name, type] of [["place", "text"], ["people", "number"], ["team", "text"], ["started", "datetime-local"], ["ended", "datetime-local"], ["note", "area"]]) {
    const isTime = type === "datetime-local";
    walkInputs[name] = textInput(walkBox, words.walk[name], isTime ? localTime(draft.walk[name]) : draft.walk[name], (value) => {
      draft.walk[name] = isTime && value ? new Date(value).toISOString() : value;
    }, type);
  }
  const drawButton = button(words.draw, "tk-phone-choice", () => {
    drawer.show(!drawer.shows());
    drawButton.setAttribute("aria-expanded", String(drawer.shows()));
  });
  drawButton.setAttribute("aria-expanded", "false");
  const drawBox = make("div", "tk-phone-choices tk-draw-open");
  drawBox.append(drawButton);
  walkBox.append(drawBox);
  const drawer = makeRouteDrawer({
    parent: walkBox, words,
    state: () => ({ ...current.data.map, legendTitle: words.drawLegend }),
    points: () => draft.walk.route,
    change: (route) => { draft.walk.route = route; saveDraft(); },
    start: () => (draft.finding.position ? [...draft.finding.position, 15] : townView().flat()),
    done: () => { drawButton.setAttribute("aria-expanded", "false"); drawButton.focus(); },
  });
  walkInputs.people.min = 1;
  walkInputs.people.inputMode = "numeric";
  const walkProblem = make("p", "tk-phone-problem");
  walkProblem.setAttribute("role", "alert");
  const walkButtons = make("div", "tk-phone-choices tk-two");
  walkButtons.append(
    button(words.saveWalk, "tk-phone-choice tk-phone-strong", () => saveWalk(false)),
    button(words.nothing, "tk-phone-choice tk-phone-strong", () => saveWalk(true)),
  );
  walkBox.append(walkProblem, walkButtons);

  // --- keep, send, hear ---
  function saveFinding() {
    const finding = draft.finding;
    const missing = [];
    if (!finding.position && !finding.place.trim()) missing.push(words.needPlace);
    if (!finding.category) missing.push(words.needCategory);
    else missing.push(...untold(finding, words.fields));
    problem.textContent = missing.join(" ");
    if (missing.length) return;
    const report = {
      walk: draft.walk.identity, ...finding, kind: "finding", type: draft.type,
      at: finding.at || new Date().toISOString(), factors: draft.type === words.audit ? finding.factors : {},
    };
    draft.finding = emptyFinding(finding.place);
    post(report);
  }
  function saveWalk(nothing) {
    const walk = draft.walk;
    const missing = [];
    if (!walk.place.trim()) missing.push(words.needWalkPlace);
    if (walk.route.length === 1) missing.push(words.needRoute);
    walkProblem.textContent = missing.join(" ");
    if (missing.length) return;
    const report = { ...walk, kind: "walk", type: draft.type, nothing, ended: walk.ended || new Date().toISOString() };
    draft.walk = emptyWalk(walk.team, walk.place);
    drawer.show(false);
    drawButton.setAttribute("aria-expanded", "false");
    walkBox.open = false;
    post(report);
  }
  // What was written before comes back when what was taken up in between is finished.
  function post(made) {
    const { edits, was, ...report } = made;
    Object.assign(report, { state: "waiting", kept: false, key: newIdentity() });
    said = "";
    const at = outbox.findIndex((one) => one.identity === edits);
    if (at >= 0) outbox.splice(at, 1);
    comeBack(report.kind);
    outbox.push(report);
    refill();
    root.scrollIntoView({ block: "start" });
    handIn(report, edits && { identity: edits, key: was });
  }
  // What is not in what waits yet, or may be a report of another page, is not sent.
  async function handIn(report, edited) {
    unposted.add(report);
    const isKept = await reports.post(report, edited, report.type === words.audit);
    unposted.delete(report);
    tellKept(report, isKept && (!report.photo || Boolean(report.photoId)));
    tell();
    send(true);
  }
  function setAside(kind) {
    if (isWritten(kind, draft[kind])) draft.aside.push({ kind, type: draft.type, part: draft[kind] });
  }
  function take({ kind, type, part }) {
    draft[kind] = part;
    draft.type = type;
    if (kind === "walk") walkBox.open = true;
  }
  function comeBack(kind) {
    const at = draft.aside.findLastIndex((one) => one.kind === kind);
    if (at >= 0) take(draft.aside.splice(at, 1)[0]);
  }
  function takeNext() {
    const next = draft.aside.shift();
    setAside(next.kind);
    take(next);
    saveDraft();
    refill();
    tell();
  }
  function leaveEdit(kind) {
    draft[kind] = kind === "walk" ? emptyWalk(draft.walk.team, "") : emptyFinding();
    comeBack(kind);
    saveDraft();
    refill();
    tell();
  }
  function tellAside() {
    asideBox.replaceChildren();
    const row = make("div", "tk-phone-choices");
    const editing = ["finding", "walk"].filter((kind) => draft[kind].edits);
    if (editing.length) asideBox.append(make("p", "", words.editing));
    for (const kind of editing) row.append(button(words.leaveEdit, "tk-phone-choice", () => leaveEdit(kind)));
    const { length } = draft.aside;
    if (length) {
      asideBox.append(make("p", "", (length === 1 ? words.asideOne : words.aside).replace("{n}", length)));
      row.append(button(words.asideNext, "tk-phone-choice", takeNext));
    }
    if (row.childElementCount) asideBox.append(row);
  }
  function send(now) {
    const waiting = outbox.filter((one) => one.state === "waiting" && !unposted.has(one));
    if (!waiting.length || (!now && Date.now() - sentAt < RETRY_MS)) return;
    sentAt = Date.now();
    current.setTriggerValue("report", JSON.stringify(waiting.map(({ state, said: _said, photoId, carried, edits, ...one }) => one)));
  }
  function hear(answers) {
    let changed = false;
    for (const one of [...outbox]) {
      const answer = answers[one.key];
      if (!answer || one.state !== "waiting") continue;
      changed = true;
      if (answer.state === "stored") {
        forget(one);
        said = answer.said;
      } else if (answer.state === "taken") {
        // Another report goes by this identity: this one is not stored, and gets one of its own.
        const before = one.identity;
        Object.assign(one, { identity: newIdentity(), key: newIdentity() });
        reports.update(one, before);
        sentAt = 0;
      } else {
        Object.assign(one, { state: answer.state, said: answer.said });
        reports.update(one);
      }
    }
    if (changed) tell();
  }
  function forget(one) {
    outbox.splice(outbox.indexOf(one), 1);
    tellKept(one, true);
    reports.drop(one);
  }
  function tell() {
    status.replaceChildren();
    const waiting = outbox.filter((one) => one.state === "waiting").length;
    if (waiting) status.append(make("p", "tk-phone-waiting", words.waiting.replace("{n}", waiting)));
    else if (said) status.append(make("p", "tk-phone-stored", said));
    for (const one of outbox.filter((other) => other.state !== "waiting" && !isEdited(other))) {
      const box = make("div", "tk-phone-warned");
      const isTwice = one.state === "twice";
      box.append(make("p", "", isTwice ? words.twice[one.kind] : one.said));
      if (isTwice) box.append(make("p", "", inShort(one, words.categories)));
      const row = make("div", "tk-phone-choices tk-two");
      if (!isTwice) row.append(button(words.edit, "tk-phone-choice", () => takeBack(one)));
      if (isTwice || one.state === "warned") row.append(button(words.keep, "tk-phone-choice", () => keep(one)));
      if (one.state !== "warned") row.append(button(words.drop, "tk-phone-choice", () => { if (window.confirm(isTwice ? words.dropTwiceSure : words.dropSure)) { forget(one); tell(); } }));
      box.append(row);
      status.append(box);
    }
    tellAside();
  }
  // In spite of what was said of it.
  function keep(one) {
    const { identity, key } = one;
    Object.assign(one, { kept: one.kept || one.state === "warned", state: "waiting", key: newIdentity() });
    tell();
    handIn(one, { identity, key });
  }
  const isEdited = ({ identity }) => [draft.finding, draft.walk, ...draft.aside.map((one) => one.part)].some((part) => part.edits === identity);
  // It stays where it is until the change is saved: a change that is left halfway loses nothing.
  function takeBack(one) {
    const { kind, type, state, said: _said, key: was, ...part } = one;
    setAside(kind);
    take({ kind, type, part: { ...(kind === "walk" ? emptyWalk() : emptyFinding()), ...part, edits: one.identity, was, kept: false } });
    saveDraft();
    refill();
    tell();
  }
  function refill() {
    paintType();
    placeInput.value = draft.finding.place;
    photo.empty();
    problem.textContent = "";
    for (const name of ["place", "people", "team", "note"]) walkInputs[name].value = draft.walk[name];
    for (const name of ["started", "ended"]) walkInputs[name].value = localTime(draft.walk[name]);
    for (const paint of [paintCategory, ...asked.map((one) => one.refill), ...paintFactors]) paint();
    showAsked();
    showFactors();
    tellPlace("");
    photo.tell("");
    drawer.redraw();
  }

  const timer = setInterval(() => send(false), RETRY_MS);
  const online = () => send(true);
  window.addEventListener("online", online);
  refill();
  tell();
  saveDraft();
  return {
    update(next) {
      current = next;
      hear(next.data.answers);
      send(false);
    },
    destroy() {
      clearInterval(timer);
      window.removeEventListener("online", online);
      window.removeEventListener("beforeunload", leaving);
      reports.close();
      if (map) map.remove();
      drawer.remove();
      root.remove();
    },
  };
}
