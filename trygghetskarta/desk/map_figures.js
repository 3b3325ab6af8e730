// Hands the figures of the present choice to the map: all that travels when a filter changes.
export default function (component) {
  const { ready } = mapNamed(component.data.map);
  const parent = component.parentElement;
  ready.then((map) => map.show(component));
  return () => ready.then((map) => map.hide(parent));
}
