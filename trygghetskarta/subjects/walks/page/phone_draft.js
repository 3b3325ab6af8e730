// What is filled in on the form and what waits to be sent, as the browser keeps it: in a database
// that has room for pictures. Every opened page writes under a key of its own, so that no tab writes
// over another's report; a report has its identity from when it is begun, and keeps it until stored.
// A page that was too busy to answer may have lost what it shows to another one: then both finish the
// same report, and whoever comes last is asked.

const DATABASE = "trygghetskarta.reports";
const TABLES = [["drafts", "key"], ["outbox", "identity"], ["photos", "id"], ["spent", "identity"]];
const EARLIER_DRAFT = "trygghetskarta.draft";
const EARLIER_OUTBOX = "trygghetskarta.outbox";
const TAB = "trygghetskarta.tab";
const ANSWER_MS = 150;

function newIdentity() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Without https there is no randomUUID, but there is randomness.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// What a finding tells beside what every one has: the names of its declared fields.
let fieldNames = [];
function setFields(fields) { fieldNames = fields.map(({ name }) => name); }

// `carried` is what the form fills in itself, from the report before.
const emptyFinding = (place = "") => ({
  identity: newIdentity(), category: "", place, carried: place, position: null, accuracy: 0,
  factors: {}, photo: "", photoId: "",
});
const emptyWalk = (team = "", place = "") => ({
  identity: newIdentity(), started: new Date().toISOString(), ended: "", people: "", team,
  place, carried: place, note: "", route: [], stops: 0,
});
// `aside` holds what was being written when something else was taken up; it comes back in turn.
const completed = (draft) => ({
  type: draft.type || "presence",
  finding: { ...emptyFinding(), ...draft.finding },
  walk: { ...emptyWalk(), ...draft.walk },
  aside: draft.aside || [],
});
function isWritten(kind, part) {
  if (part.edits || (part.place.trim() && part.place !== part.carried)) return true;
  if (kind === "walk") return Boolean(part.stops || part.people || part.note || part.ended || part.route.length);
  return Boolean(part.category || fieldNames.some((name) => part[name]) || part.position || part.photo || part.photoId || Object.keys(part.factors).length);
}
const writtenParts = (draft) => ["finding", "walk"]
  .filter((kind) => isWritten(kind, draft[kind]))
  .map((kind) => ({ kind, type: draft.type, part: draft[kind] }))
  .concat(draft.aside);

// A report in a line, to tell two apart.
function inShort({ kind, category, place, text, note }, categories) {
  const named = categories.find(([value]) => value === category);
  return [kind === "walk" ? place : named && named[1], (kind === "walk" ? note : text || place)].filter(Boolean).join(": ");
}
// What must be answered and is not, in words.
const untold = (finding, fields) => fields
  .filter(({ name, notFor, untold: said }) => said && !finding[name] && !notFor.includes(finding.category))
  .map((field) => field.untold);
function localTime(iso) {
  if (!iso) return "";
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

function openDatabase() {
  return new Promise((resolve) => {
    try {
      const asked = indexedDB.open(DATABASE, 1);
      asked.onupgradeneeded = () => TABLES.forEach(([name, keyPath]) => asked.result.createObjectStore(name, { keyPath }));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = asked.onblocked = () => resolve(null);
    } catch { resolve(null); }
  });
}

// The pictures lie by themselves: a word more rewrites no picture, and a full disk loses none.
const unpictured = (part) => ({ ...part, photo: "" });
const stopsOf = (walk) => `${walk}.stops`;
const ofDraft = (draft, key) => ({
  ...draft, key, at: Date.now(), finding: unpictured(draft.finding),
  aside: draft.aside.map((one) => ({ ...one, part: unpictured(one.part) })),
});

// Gives { draft, outbox, keep, keepPhoto, post, update, drop, isMine, close }. What is asked to be
// kept gives whether it is: a browser may have no room, or keep nothing at all.
async function openReports() {
  const database = await openDatabase();
  const me = newIdentity();
  const held = new Set();
  const channel = window.BroadcastChannel ? new BroadcastChannel(DATABASE) : null;
  if (channel) {
    channel.onmessage = ({ data }) => {
      held.add(data.key);
      if (data.asks) channel.postMessage({ key: me });
    };
    channel.postMessage({ key: me, asks: true });
    await new Promise((resolve) => { setTimeout(resolve, ANSWER_MS); });
  }

  // All of it or nothing.
  function change(tables, act, isReading = false) {
    return new Promise((resolve) => {
      if (!database) { resolve(false); return; }
      try {
        const work = database.transaction(tables, "readwrite");
        work.oncomplete = () => resolve(true);
        work.onabort = work.onerror = () => resolve(false);
        act((name) => work.objectStore(name));
        // What only writes is on its way at once, also when the page is left in the same moment.
        if (!isReading && work.commit) work.commit();
      } catch { resolve(false); }
    });
  }
  const all = (tables, found, act) => {
    let left = tables.length;
    const rows = {};
    for (const name of tables) {
      found(name).getAll().onsuccess = ({ target }) => { rows[name] = target.result; if (!(left -= 1)) act(rows); };
    }
  };

  let draft = completed({});
  let outbox = [];
  const leftOver = await takeOver();
  await change(["drafts", "outbox", "photos"], (table) => all(["drafts", "outbox", "photos"], table, (rows) => {
    draft = takeUp(rows.drafts, table("drafts"));
    const pictures = new Map(rows.photos.map((one) => [one.id, one.photo]));
    outbox = rows.outbox;
    const parts = [draft.finding, ...draft.aside.map((one) => one.part), ...outbox];
    for (const part of parts) part.photo = pictures.get(part.photoId) || part.photo || "";
    const used = new Set([...rows.drafts.flatMap((one) => [one.finding, ...one.aside.map((other) => other.part)]), ...outbox].map((part) => part.photoId));
    for (const id of pictures.keys()) if (!used.has(id)) table("photos").delete(id);
  }), true);
  if (leftOver) {
    draft.aside.push(...writtenParts(leftOver.draft));
    outbox.push(...leftOver.outbox);
  }
  try { sessionStorage.setItem(TAB, me); } catch { /* a new tab then begins with the newest draft */ }

  // What this tab had begun before it was loaded anew, else the newest that no open page holds;
  // what else lies there unfinished is put aside, to come back in its turn.
  function takeUp(rows, drafts) {
    let before = "";
    try { before = sessionStorage.getItem(TAB) || ""; } catch { /* as above */ }
    const free = rows.filter((one) => !held.has(one.key)).sort((one, other) => other.at - one.at);
    const own = free.find((one) => one.key === before);
    const isBegun = (one) => one && writtenParts(one).length > 0;
    const first = isBegun(own) ? own : free.find(isBegun) || own || free[0];
    const others = free.filter((one) => one !== first).flatMap(writtenParts);
    const running = rows.find((one) => held.has(one.key));
    // Two tabs of one phone are on one walk.
    const walk = running && { identity: running.walk.identity, started: running.walk.started, stops: running.walk.stops };
    const taken = completed(first || { type: running && running.type, walk });
    const isSame = ({ kind, part }) => JSON.stringify(part) === JSON.stringify(unpictured(taken[kind]))
      || (kind === "walk" && part.identity === taken.walk.identity && !isWritten(kind, { ...part, stops: 0 }));
    taken.aside = [...taken.aside, ...others.filter((one) => !isSame(one))];
    for (const one of free) drafts.delete(one.key);
    drafts.put(ofDraft(taken, me));
    return taken;
  }

  // What an earlier version of the program kept, which had room for words but not for pictures.
  async function takeOver() {
    const read = (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
    const [earlier, waiting] = [read(EARLIER_DRAFT), read(EARLIER_OUTBOX)];
    if (!earlier && !(waiting || []).length) return null;
    const done = await change(["drafts", "outbox", "photos"], (table) => {
      const pictured = (part) => {
        const photoId = part.photo ? newIdentity() : "";
        if (photoId) table("photos").put({ id: photoId, photo: part.photo });
        return { ...part, photo: "", photoId };
      };
      for (const one of waiting || []) table("outbox").put(pictured(one));
      if (earlier) {
        const made = completed(earlier);
        table("drafts").put(ofDraft({ ...made, finding: pictured(made.finding) }, newIdentity()));
      }
    });
    if (done) [EARLIER_DRAFT, EARLIER_OUTBOX].forEach((name) => localStorage.removeItem(name));
    // Nowhere to put it: it stays where it is, and is worked with from there.
    return done ? null : { draft: completed(earlier || {}), outbox: waiting || [] };
  }

  return {
    draft,
    outbox,
    keep: () => change(["drafts"], (table) => table("drafts").put(ofDraft(draft, me))),
    async keepPhoto(finding) {
      finding.photoId = newIdentity();
      const kept = await change(["photos", "drafts"], (table) => {
        table("photos").put({ id: finding.photoId, photo: finding.photo });
        table("drafts").put(ofDraft(draft, me));
      });
      if (!kept) finding.photoId = "";
      return kept;
    },
    // A finished report: out of the draft and into what waits, in one step. `edited` is the report in
    // what waits that gives way, with the key it was taken back under. A finding gets the next number
    // of its walk, whichever page it is made on. What another page has finished in the meantime
    // becomes a report of its own, in the state "twice", which waits for somebody to decide.
    async post(report, edited, isNumbered) {
      const { walk } = draft;
      const isOwn = report.walk === walk.identity;
      const had = isOwn ? walk.stops : 0;
      const isCounted = report.kind === "finding" && !report.stop && (isNumbered || !edited);
      const numbered = (stops) => {
        if (report.kind !== "finding") return report;
        if (isCounted && isOwn) walk.stops = stops;
        return { ...report, stop: isNumbered ? report.stop || stops : null };
      };
      const isFinished = (found, spent) => {
        if (!edited) return Boolean(spent);
        return !found || Boolean(found.key && edited.key && found.key !== edited.key);
      };
      let kept = null;
      const done = await change(["drafts", "outbox", "spent", "photos"], (table) => {
        const spent = table("spent").get(report.identity);
        const counted = table("spent").get(stopsOf(report.walk));
        // Answered in the order they were asked: with the last, all are there.
        const found = table("outbox").get(edited ? edited.identity : "");
        found.onsuccess = () => {
          if (isFinished(found.result, spent.result)) {
            kept = { ...report, identity: newIdentity(), state: "twice", photoId: report.photoId && newIdentity() };
            // The other page's picture goes when its report is stored.
            if (kept.photoId) table("photos").put({ id: kept.photoId, photo: report.photo });
          } else {
            const stops = Math.max(counted.result ? counted.result.stops : 0, had) + 1;
            kept = numbered(stops);
            if (isCounted) table("spent").put({ identity: stopsOf(report.walk), stops });
            if (edited) table("outbox").delete(edited.identity);
          }
          table("spent").put({ identity: kept.identity });
          table("outbox").put(unpictured(kept));
          table("drafts").put(ofDraft(draft, me));
        };
      }, true);
      Object.assign(report, done ? kept : numbered(had + 1));
      return done;
    },
    update: (report, before = report.identity) => change(["outbox"], (table) => {
      if (before !== report.identity) table("outbox").delete(before);
      table("outbox").put(unpictured(report));
    }),
    drop: (report) => change(["outbox", "photos"], (table) => {
      table("outbox").delete(report.identity);
      if (report.photoId) table("photos").delete(report.photoId);
    }),
    // Another page may have taken over what this one showed, while the phone had put it to sleep.
    isMine: () => new Promise((resolve) => {
      let found = true;
      change(["drafts"], (table) => { table("drafts").getKey(me).onsuccess = ({ target }) => { found = target.result !== undefined; }; }, true)
        .then((done) => resolve(!done || found));
    }),
    close() { if (channel) channel.close(); if (database) database.close(); },
  };
}
