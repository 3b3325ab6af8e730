// Parts of a slide: legend, bars, table, paragraphs, the box of a map.
// Names and words become text nodes only: nothing from outside is ever parsed as HTML.

function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined && text !== "") made.textContent = text;
  return made;
}
function fillIn(sentence, values) {
  return Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, value), sentence);
}

// Not every typeface has a sign for the full screen.
function corners() {
  const space = "http://www.w3.org/2000/svg";
  const drawn = document.createElementNS(space, "svg");
  drawn.setAttribute("viewBox", "0 0 20 20");
  drawn.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", "M2 7V2h5M13 2h5v5M18 13v5h-5M7 18H2v-5");
  path.setAttribute("fill", "none");
  path.setAttribute("stroke", "currentColor");
  path.setAttribute("stroke-width", "2.4");
  drawn.appendChild(path);
  return drawn;
}

function swatch(colours, pattern) {
  const box = make("span", "tk-p-swatch" + (pattern ? ` tk-${pattern}` : ""));
  box.setAttribute("aria-hidden", "true");
  if (!pattern) {
    box.style.background = colours.length === 1
      ? colours[0]
      : `linear-gradient(to right, ${colours.map((colour, at) => `${colour} ${(100 * at) / colours.length}% ${(100 * (at + 1)) / colours.length}%`).join(", ")})`;
  }
  return box;
}

function drawLegend(legend) {
  const box = make("div", "tk-p-legend");
  box.appendChild(make("h2", "", legend.title));
  const list = make("ul");
  for (const entry of legend.entries) {
    const line = make("li", entry.means ? "tk-p-meaning" : "");
    const told = make("div");
    const label = make(entry.means ? "strong" : "span", "", entry.label);
    // A range of bare numbers reads from low to high also where the text runs the other way.
    label.dir = "auto";
    told.appendChild(label);
    if (entry.means) told.appendChild(make("p", "", entry.means));
    line.append(swatch(entry.colours, entry.pattern), told);
    list.appendChild(line);
  }
  box.appendChild(list);
  return box;
}

function drawBars(chart) {
  const list = make("ol", chart.time ? "tk-p-columns" : "tk-p-bars");
  for (const bar of chart.bars) {
    const row = make("li");
    const name = make("span", "tk-p-bar-name", bar.name);
    name.dir = "auto";
    const track = make("span", "tk-p-track");
    track.setAttribute("aria-hidden", "true");
    const long = chart.time ? "blockSize" : "inlineSize";
    const start = chart.time ? "insetBlockEnd" : "insetInlineStart";
    if (bar.share !== null) {
      const fill = make("span", "tk-p-fill");
      fill.style[long] = `${100 * bar.share}%`;
      track.appendChild(fill);
      if (bar.low !== null) {
        const reach = make("span", "tk-p-reach");
        reach.style[start] = `${100 * bar.low}%`;
        reach.style[long] = `${100 * (bar.high - bar.low)}%`;
        track.appendChild(reach);
      }
    } else {
      track.appendChild(make("span", bar.told === chart.hidden ? "tk-p-absent tk-hatch" : "tk-p-absent tk-dots"));
    }
    const value = make("span", "tk-p-value");
    value.appendChild(make(bar.told ? "em" : "b", "", bar.told || bar.value));
    if (bar.limits) value.appendChild(make("small", "", bar.limits));
    for (const number of value.children) number.dir = "auto";
    row.append(name, track, value);
    list.appendChild(row);
  }
  return list;
}

function drawTable(table, className) {
  const made = make("table", className);
  const head = make("tr");
  table.headings.forEach((heading, at) => {
    const cell = make("th", "", heading);
    cell.scope = "col";
    cell.style.inlineSize = `${100 * table.widths[at]}%`;
    head.appendChild(cell);
  });
  made.appendChild(make("thead")).appendChild(head);
  const body = made.appendChild(make("tbody"));
  for (const row of table.rows) {
    const line = body.appendChild(make("tr"));
    row.forEach((text, at) => {
      const cell = make(at ? "td" : "th", "", text);
      if (!at) cell.scope = "row";
      cell.dir = "auto";
      line.appendChild(cell);
    });
  }
  return made;
}

function drawParagraphs(slide) {
  const cards = slide.kind === "det_har_vet_vi_inte";
  const list = make(cards ? "ul" : "div", cards ? "tk-p-cards" : "tk-p-lines");
  for (const one of slide.paragraphs) {
    const item = make(cards ? "li" : "p");
    if (one.lead) item.appendChild(make("strong", "", one.lead));
    item.appendChild(make("span", "", one.text));
    list.appendChild(item);
  }
  return list;
}

function mapBox(told) {
  const root = make("div", "tk-root tk-p-map");
  const box = make("div", "tk-map folium-map");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", told);
  box.dir = "ltr";
  root.appendChild(box);
  return { root, box };
}
