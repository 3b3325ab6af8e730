// What is filled in on the form and what waits to be sent, as the browser keeps it.

const DRAFT = "trygghetskarta.draft";
const OUTBOX = "trygghetskarta.outbox";

function newIdentity() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Without https there is no randomUUID, but there is randomness.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function read(key, otherwise) {
  try { return JSON.parse(localStorage.getItem(key)) || otherwise; } catch { return otherwise; }
}
function keep(key, value) {
  try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; }
}

const emptyFinding = () => ({
  identity: newIdentity(), category: "", seriousness: 0, text: "", place: "", position: null,
  accuracy: 0, factors: {}, photo: "", kept: false,
});
const emptyWalk = () => ({
  identity: newIdentity(), started: new Date().toISOString(), ended: "", people: "", team: "",
  place: "", note: "", route: [], stops: 0,
});
function freshDraft() {
  const draft = read(DRAFT, {});
  return {
    type: draft.type || "presence",
    finding: { ...emptyFinding(), ...draft.finding },
    walk: { ...emptyWalk(), ...draft.walk },
  };
}

function localTime(iso) {
  if (!iso) return "";
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}
