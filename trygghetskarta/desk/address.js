// Writes the choice of the page into the entry of the browser's history that is open. A choice makes
// an entry of its own when it is made; what a page adds to its address makes none, so that Back
// undoes one choice.

export default function (component) {
  const { names, pairs } = component.data;
  const address = new URL(location.href);
  // The view of the map is the browser's own, and written by hand: its slashes stay readable.
  const view = window.trygghetskartaWritten ?? address.searchParams.get("vy");
  for (const name of [...names, "vy"]) address.searchParams.delete(name);
  for (const [name, value] of pairs) address.searchParams.append(name, value);
  const rest = address.searchParams.toString();
  const query = [rest, view && `vy=${view}`].filter(Boolean).join("&");
  const written = address.pathname + (query && `?${query}`) + address.hash;
  if (written !== location.pathname + location.search + location.hash) {
    history.replaceState(history.state, "", written);
  }
}
