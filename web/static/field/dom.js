// Elements from tags, properties and text: nothing is ever read as markup.

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && name !== "list") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function button(text, onclick, props = {}) {
  return el("button", { type: "button", onclick, ...props }, text);
}

// Radio buttons under one legend; `options` are [value, text].
export function choice(name, legend, options, chosen, onpick) {
  return el("fieldset", { className: "choice", id: name },
    el("legend", {}, legend),
    el("div", { className: "options" }, options.map(([value, text]) => el("label", {},
      el("input", { type: "radio", name, value: String(value), checked: value === chosen, onchange: () => onpick(value) }),
      el("span", {}, text)))));
}

export function select(name, label, options, chosen, onpick) {
  const box = el("select", { id: name, onchange: () => onpick(box.value) },
    options.map(([value, text]) => el("option", { value, selected: value === chosen }, text)));
  return el("div", { className: "field" }, el("label", { htmlFor: name }, label), box);
}

// A tap whose button is drawn anew between its two ends is none: what only draws the same again waits for the finger.
const LONGEST_TAP_MS = 1000;
let lifted = Promise.resolve();

document.addEventListener("pointerdown", () => {
  lifted = new Promise((done) => {
    for (const end of ["click", "pointercancel"]) document.addEventListener(end, done, { capture: true, once: true });
    setTimeout(done, LONGEST_TAP_MS);
  });
}, true);

export function untilLifted() {
  return lifted;
}

// Put a screen in place of the one before. Focus goes to its title, or stays on the control of the same id.
export function draw(children, { keepsFocus = false } = {}) {
  const main = document.getElementById("main");
  const focused = keepsFocus ? document.activeElement?.id : "";
  main.replaceChildren(...children.flat(Infinity).filter(Boolean));
  if (focused && document.getElementById(focused)) document.getElementById(focused).focus({ preventScroll: true });
  if (keepsFocus) return;
  const title = main.querySelector("h1");
  window.scrollTo(0, 0);
  if (title) {
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  }
}

// The one line that tells a screen reader what goes on; rewritten only when it says something else.
export function announce(text) {
  const line = document.getElementById("status");
  if (line.textContent !== text) line.textContent = text;
}
