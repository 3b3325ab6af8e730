// Where the map and its figures find each other, whichever of them comes first.
function mapNamed(name) {
  const maps = (window.trygghetskartaMaps ||= {});
  if (!maps[name]) {
    maps[name] = {};
    maps[name].ready = new Promise((give) => { maps[name].give = give; });
  }
  return maps[name];
}
