// Paints areas by class number, and keeps legend, tooltip and labels in step with it.
// Used by the page's bridge and by exported files, so that screen and paper cannot differ.
// Names and numbers become text nodes only: nothing from outside is ever parsed as HTML.

function makePainter(L, map, layer, areas, places, words, root) {
  const HIDDEN = words.classes.hidden;
  const byRow = [];
  layer.eachLayer((shape) => { byRow[shape.feature.properties.row] = shape; });
  const format = (decimals) => new Intl.NumberFormat(words.locale || "sv-SE", {
    minimumFractionDigits: decimals, maximumFractionDigits: decimals,
  });
  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const unique = "tk" + Math.random().toString(36).slice(2);
  let state = null;
  let looks = new Map();
  let painted = [];
  let selected = -1;
  let hovered = -1;
  let top = null;
  let bare = false;

  function decode(packed) {
    if (!packed) return null;
    const bytes = Uint8Array.from(atob(packed.data), (letter) => letter.charCodeAt(0));
    const kinds = { i1: Int8Array, i2: Int16Array, i4: Int32Array };
    return new kinds[packed.type](bytes.buffer);
  }

  // --- fills: a colour, or a pattern so that hidden, missing and zero never look alike ---
  function addPatterns() {
    const svg = map.getPane("overlayPane").querySelector("svg");
    if (!svg || svg.querySelector("defs")) return;
    const make = (tag, attributes, parent) => {
      const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
      parent.appendChild(node);
      return node;
    };
    const defs = make("defs", {}, svg);
    const pattern = (name, size, ground) => {
      const made = make("pattern", {
        id: unique + name, width: size, height: size, patternUnits: "userSpaceOnUse",
      }, defs);
      make("rect", { width: size, height: size, fill: ground }, made);
      return made;
    };
    make("path", { d: "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4", stroke: "$edge", "stroke-width": 1.4 },
      pattern("hatch", 8, "$hidden"));
    make("circle", { cx: 4, cy: 4, r: 1.2, fill: "$edge" }, pattern("dots", 8, "$missing_dotted"));
    make("path", { d: "M0,0 l10,10 M10,0 l-10,10", stroke: "$undecided_cross", "stroke-width": 1 },
      pattern("cross", 10, "$undecided"));
  }
  const fill = (look) => (look.pattern ? `url(#${unique}${look.pattern})` : look.colour);

  // The border of a small cell would hide its colour.
  const line = words.fine
    ? { painted: { color: "$area_line_fine", weight: 0.35 }, pale: { color: "$area_line_pale_fine", weight: 0.35 } }
    : { painted: { color: "$area_line", weight: 0.9 }, pale: { color: "$area_line_pale", weight: 0.6 } };
  function styleOf(row) {
    const look = looks.get(painted[row]);
    const style = look
      ? { fillColor: fill(look), fillOpacity: look.pattern ? 1 : 0.88, ...line.painted }
      : { fillColor: "$white", fillOpacity: bare ? 0 : 0.35, ...line.pale };
    if (row === hovered) Object.assign(style, { color: "$area_hovered", weight: 2.2 });
    if (row === selected) Object.assign(style, { color: "$area_selected", weight: 3.5 });
    return style;
  }
  function restyle(row) {
    const shape = byRow[row];
    if (!shape) return;
    shape.setStyle(styleOf(row));
    // Moving a shape in the page while the pointer is on it would swallow the click.
    if (row === selected && shape !== top) { shape.bringToFront(); top = shape; }
  }

  // --- tooltip ---
  const tooltip = L.tooltip({ sticky: true, className: "tk-tooltip", opacity: 1, direction: "auto" });
  function tooltipContent(row) {
    const box = element("div");
    box.appendChild(element("strong", "", areas[row].name));
    for (const line of state ? state.lines : []) {
      const text = lineText(line, row);
      if (text !== null) {
        const p = element("div", "tk-line");
        p.appendChild(element("span", "", line.label));
        p.appendChild(element("b", "", text));
        box.appendChild(p);
      }
    }
    return box;
  }
  function lineText(line, row) {
    const value = line.value[row];
    if (value === line.none) {
      if (painted[row] === undefined || !looks.has(painted[row])) return null;
      if (painted[row] === words.classes.unselected) return null;
      return painted[row] === HIDDEN ? words.hidden : words.missing;
    }
    if (line.words) return line.words[value];
    const number = format(line.decimals);
    const scale = 10 ** line.decimals;
    const sign = line.signed && value > 0 ? "+" : "";
    let text = sign + number.format(value / scale) + line.suffix;
    if (line.lower && line.lower[row] !== line.none) {
      const upper = line.upper[row] === line.none ? "–" : number.format(line.upper[row] / scale);
      text += ` (${number.format(line.lower[row] / scale)} – ${upper})`;
    }
    return text;
  }
  const handlers = {
    mouseover(event) { const row = event.layer.feature.properties.row; hover(row); show(row, event.latlng); },
    mousemove(event) { tooltip.setLatLng(event.latlng); },
    mouseout() { hover(-1); map.closeTooltip(tooltip); },
  };
  function hover(row) {
    if (row === hovered) return;
    const before = hovered;
    hovered = row;
    if (before >= 0) restyle(before);
    if (row >= 0) restyle(row);
  }
  function show(row, latlng) {
    tooltip.setLatLng(latlng).setContent(tooltipContent(row));
    map.openTooltip(tooltip);
  }
  layer.on(handlers);

  // --- names on the map, where there is room for them ---
  // Short names first: then most of them find room.
  const named = [...(places || (areas.length <= 60 ? areas : []))]
    .sort((one, other) => one.name.length - other.name.length);
  const labels = named.map((area) => {
    const label = L.marker(area.at, {
      interactive: false, keyboard: false,
      icon: L.divIcon({ className: "tk-label", html: element("span", "", area.name), iconSize: null }),
    });
    return { area, label };
  });
  function placeLabels() {
    const taken = [];
    // Names are measured in the map's own type: a file for a projector has a larger one.
    const size = parseFloat(getComputedStyle(map.getContainer()).fontSize) / 14 || 1;
    for (const { area, label } of labels) {
      const shape = places ? null : byRow[area.row];
      if (!places && !shape) continue;
      const at = map.latLngToLayerPoint(area.at);
      const width = size * Math.min(110, area.name.length * 6.4);
      const half = size * 14;
      const box = [at.x - width / 2, at.y - half, at.x + width / 2, at.y + half];
      const free = taken.every((other) => box[2] < other[0] || other[2] < box[0]
        || box[3] < other[1] || other[3] < box[1]);
      if (free && (places || fits(shape, width))) {
        taken.push(box);
        label.addTo(map);
      } else {
        label.remove();
      }
    }
  }
  function fits(shape, width) {
    const bounds = shape.getBounds();
    const size = map.latLngToLayerPoint(bounds.getSouthEast())
      .subtract(map.latLngToLayerPoint(bounds.getNorthWest()));
    return size.x > width * 0.55 && size.y > 20;
  }
  map.on("zoomend", placeLabels);

  // --- legend and mark ---
  const legend = element("div", "tk-legend");
  const mark = element("div", "tk-mark");
  root.appendChild(mark);
  root.appendChild(legend);
  function drawLegend() {
    legend.replaceChildren(element("div", "tk-legend-title", state.legendTitle));
    for (const look of state.looks) {
      // Told by a legend of its own beside the map.
      if (look.quiet) continue;
      const line = element("div", "tk-legend-line");
      const swatch = element("span", "tk-swatch" + (look.pattern ? " tk-" + look.pattern : ""));
      if (!look.pattern) swatch.style.background = look.hollow ? "$white" : look.colour;
      if (look.sign) {
        swatch.classList.add("tk-" + look.sign);
        swatch.style.borderColor = look.colour;
      }
      line.append(swatch, element("span", "", look.label), element("span", "tk-n", `n\u00a0=\u00a0${format(0).format(look.n)}`));
      legend.appendChild(line);
    }
    mark.textContent = state.mark;
    mark.hidden = !state.mark;
  }

  // --- a density as a picture below the borders, offences as points above them ---
  const under = map.createPane("tk-picture");
  under.style.zIndex = 350;
  under.style.pointerEvents = "none";
  const over = map.createPane("tk-points");
  over.style.zIndex = 450;
  over.style.pointerEvents = "none";
  let picture = null;
  let points = null;
  function drawPicture(wanted) {
    if (picture && wanted && picture.source === wanted.png) return;
    if (picture) picture.overlay.remove();
    picture = wanted && {
      source: wanted.png,
      overlay: L.imageOverlay(`data:image/png;base64,${wanted.png}`, wanted.bounds,
        { pane: "tk-picture", className: "tk-picture", alt: "" }).addTo(map),
    };
  }
  function drawPoints(wanted) {
    const source = wanted ? wanted.data : "";
    if (points && points.source === source) return;
    if (points) points.group.remove();
    points = null;
    if (!source) return;
    const renderer = L.canvas({ pane: "tk-points", padding: 0.4 });
    const group = L.layerGroup();
    const degrees = decode(wanted);
    for (let at = 0; at < degrees.length; at += 2) {
      L.circleMarker([degrees[at] / 1e6, degrees[at + 1] / 1e6], {
        renderer, pane: "tk-points", interactive: false,
        radius: 3.5, weight: 0.8, color: "$white", fillColor: "$point", fillOpacity: 0.65,
      }).addTo(group);
    }
    group.addTo(map);
    points = { source, group };
  }

  // --- routes as lines, findings as signs that can be chosen ---
  const ways = map.createPane("tk-routes");
  ways.style.zIndex = 440;
  ways.style.pointerEvents = "none";
  map.createPane("tk-findings").style.zIndex = 460;
  const signLooks = (wanted) => new Map(wanted.looks.map((look) => [look.class, look]));
  let routes = null;
  let findings = null;
  let pick = () => {};
  // The finding that is open; one that was pointed at is where the eye is already.
  let opened = "";
  function drawRoutes(wanted) {
    const source = wanted ? JSON.stringify(wanted) : "";
    if (routes && routes.source === source) return;
    if (routes) routes.group.remove();
    routes = null;
    if (!source) return;
    const renderer = L.canvas({ pane: "tk-routes", padding: 0.4 });
    const group = L.layerGroup();
    const degrees = decode(wanted.at);
    const lengths = decode(wanted.lengths);
    const kinds = decode(wanted.classes);
    const colours = signLooks(wanted);
    let from = 0;
    lengths.forEach((length, line) => {
      const places = [];
      for (let at = from; at < from + 2 * length; at += 2) {
        places.push([degrees[at] / 1e6, degrees[at + 1] / 1e6]);
      }
      from += 2 * length;
      L.polyline(places, {
        renderer, pane: "tk-routes", interactive: false, smoothFactor: 1,
        color: colours.get(kinds[line]).colour, weight: 3, opacity: wanted.opacity,
      }).addTo(group);
    });
    group.addTo(map);
    routes = { source, group };
  }
  function drawFindings(wanted) {
    const source = wanted ? JSON.stringify(wanted) : "";
    if (findings && findings.source === source) return;
    if (findings) findings.group.remove();
    map.closeTooltip(tooltip);
    findings = null;
    if (!source) return;
    const renderer = L.svg({ pane: "tk-findings", padding: 0.4 });
    const group = L.layerGroup();
    const degrees = decode(wanted.at);
    const kinds = decode(wanted.classes);
    const known = signLooks(wanted);
    if (wanted.selected < 0) opened = "";
    wanted.ids.forEach((id, place) => {
      const look = known.get(kinds[place]);
      const chosen = place === wanted.selected;
      const sign = L.circleMarker([degrees[2 * place] / 1e6, degrees[2 * place + 1] / 1e6], {
        renderer, pane: "tk-findings", bubblingMouseEvents: false,
        className: "leaflet-interactive tk-finding", radius: chosen ? 10 : 7,
        weight: chosen ? 4 : 2, color: chosen ? "$area_hovered" : look.hollow ? look.colour : "$white",
        fillColor: look.hollow ? "$white" : look.colour, fillOpacity: 0.95,
      });
      sign.on("click", (event) => { opened = id; pick(id, event.latlng); });
      sign.on("mouseover", (event) => {
        const box = element("div");
        wanted.told[place].forEach((line, at) => box.appendChild(element(at ? "div" : "strong", "", line)));
        tooltip.setLatLng(event.latlng).setContent(box);
        map.openTooltip(tooltip);
      });
      sign.on("mouseout", () => map.closeTooltip(tooltip));
      sign.addTo(group);
      if (!chosen) return;
      sign.bringToFront();
      if (id !== opened) map.panTo(sign.getLatLng(), { animate: false });
      opened = id;
    });
    group.addTo(map);
    findings = { source, group };
  }

  function unpack(packed) {
    const lines = packed.lines.map((line) => ({
      ...line, value: decode(line.value), lower: decode(line.lower), upper: decode(line.upper),
    }));
    return { ...packed, classes: decode(packed.classes), lines };
  }

  return {
    update(packed) {
      addPatterns();
      state = unpack(packed);
      const before = looks;
      const wasBare = bare;
      bare = Boolean(state.bare);
      looks = new Map(state.looks.map((look) => [look.class, look]));
      const sameLooks = JSON.stringify([...before]) === JSON.stringify([...looks]);
      const previous = painted;
      const oldSelected = selected;
      painted = state.classes;
      selected = state.selected;
      for (let row = 0; row < byRow.length; row += 1) {
        if (!sameLooks || bare !== wasBare || previous[row] !== painted[row] || row === selected || row === oldSelected) {
          restyle(row);
        }
      }
      drawPicture(state.picture);
      drawPoints(state.points);
      drawRoutes(state.routes);
      drawFindings(state.findings);
      drawLegend();
      placeLabels();
    },
    onPick(handler) { pick = handler; },
    destroy() {
      map.off("zoomend", placeLabels);
      layer.off(handlers);
      if (picture) picture.overlay.remove();
      for (const drawn of [points, routes, findings]) if (drawn) drawn.group.remove();
      for (const { label } of labels) label.remove();
      legend.remove();
      mark.remove();
    },
  };
}
