// A plain HTML table that sorts by any column; what is hidden or missing always stands last.

export default function (component) {
  const { data, parentElement } = component;
  const state = parentElement.tkSort || (parentElement.tkSort = { ...data.sorted });
  const order = [...data.rows.keys()];
  const collator = new Intl.Collator("sv");
  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  function compare(a, b) {
    const [left, right] = [data.keys[a][state.column], data.keys[b][state.column]];
    if (left === null || right === null) return (left === null) - (right === null);
    const way = state.rising ? 1 : -1;
    return way * (typeof left === "number" ? left - right : collator.compare(left, right));
  }

  function draw() {
    order.sort((a, b) => compare(a, b) || a - b);
    const table = element("table", "tk-table");
    const head = table.createTHead().insertRow();
    data.headings.forEach((heading, column) => {
      const cell = element("th");
      cell.scope = "col";
      const sorted = column === state.column;
      cell.setAttribute("aria-sort", sorted ? (state.rising ? "ascending" : "descending") : "none");
      const button = element("button", data.numeric[column] ? "tk-number" : "", heading);
      button.type = "button";
      button.title = data.sortBy.replace("{column}", heading);
      button.onclick = () => {
        state.rising = column === state.column ? !state.rising : !data.numeric[column];
        state.column = column;
        draw();
        parentElement.querySelectorAll("th button")[column].focus();
      };
      cell.appendChild(button);
      head.appendChild(cell);
    });
    const body = table.createTBody();
    for (const row of order) {
      const line = body.insertRow();
      data.rows[row].forEach((text, column) => {
        const absent = column && data.keys[row][column] === null ? " tk-absent" : "";
        const cell = element(column ? "td" : "th", (data.numeric[column] ? "tk-number" : "") + absent, text);
        if (!column) cell.scope = "row";
        line.appendChild(cell);
      });
    }
    const box = element("div", "tk-table-box");
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", data.label);
    box.appendChild(table);
    const before = parentElement.querySelector(".tk-table-box");
    if (before) {
      box.scrollTop = before.scrollTop;
      before.replaceWith(box);
    } else {
      parentElement.appendChild(box);
    }
  }
  draw();
}
