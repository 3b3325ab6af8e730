// What a form is built of: buttons, choices and fields. Words become text nodes only.

function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
function button(text, className, act) {
  const made = make("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

// Gives { group, choices, textInput }. A group stands in `root`; `changed` is called after a letter.
function makeFields(root, changed) {
  function group(title) {
    const field = make("fieldset", "tk-phone-group");
    field.append(make("legend", "", title));
    root.append(field);
    return field;
  }
  function choices(field, className, options, chosen, choose) {
    const box = make("div", `tk-phone-choices ${className}`);
    const made = options.map(([value, text]) => {
      const one = button(text, "tk-phone-choice", () => { choose(value); paint(); });
      one.dataset.value = value;
      box.append(one);
      return one;
    });
    field.append(box);
    const paint = () => made.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.value === String(chosen()))));
    paint();
    return paint;
  }
  function labelled(field, text, input) {
    const label = make("label", "tk-phone-label", text);
    label.append(input);
    field.append(label);
    return input;
  }
  function textInput(field, text, value, change, type = "text") {
    const input = labelled(field, text, make(type === "area" ? "textarea" : "input", "tk-phone-input"));
    if (type === "area") input.rows = 3; else input.type = type;
    input.value = value;
    input.addEventListener("input", () => { change(input.value); changed(); });
    return input;
  }
  return { group, choices, textInput };
}
