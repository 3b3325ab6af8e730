// Puts the form on its page, and takes it away: one for each place it is drawn in.

const live = new WeakMap();

// Chromium keeps the permissions of the page it first loaded; only this page may ask where it is.
function maySearch() {
  const policy = document.permissionsPolicy || document.featurePolicy;
  return !policy || policy.allowsFeature("geolocation");
}

// The form opens when what the browser keeps has been read. A page that slept while another one took
// over what it showed begins anew, so that nothing is sent from both.
function startForm(parent, component) {
  let form = null;
  let latest = component;
  let opening = 0;
  const open = async () => {
    const mine = (opening += 1);
    setFields(latest.data.words.fields);
    const reports = await openReports();
    if (mine !== opening) { reports.close(); return; }
    form = makeForm(parent, latest, reports);
    form.isMine = reports.isMine;
    form.update(latest);
  };
  const awake = async () => {
    const seen = form;
    if (document.visibilityState !== "visible" || !seen || await seen.isMine() || seen !== form) return;
    form = null;
    seen.destroy();
    open();
  };
  document.addEventListener("visibilitychange", awake);
  open();
  return {
    update(next) { latest = next; if (form) form.update(next); },
    destroy() {
      opening += 1;
      document.removeEventListener("visibilitychange", awake);
      if (form) form.destroy();
    },
  };
}

export default function (component) {
  const { parentElement } = component;
  if (!maySearch() && !sessionStorage.getItem("trygghetskarta.reloaded")) {
    sessionStorage.setItem("trygghetskarta.reloaded", "1");
    location.reload();
    return;
  }
  sessionStorage.removeItem("trygghetskarta.reloaded");
  if (!live.has(parentElement)) live.set(parentElement, startForm(parentElement, component));
  live.get(parentElement).update(component);
  return () => {
    const form = live.get(parentElement);
    if (form) form.destroy();
    live.delete(parentElement);
  };
}
