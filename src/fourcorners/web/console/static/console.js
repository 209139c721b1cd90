// The review console: pictures that are looked at closely, and work without the mouse. Everything works without it too.

const STEP = 1.25;
const KEYS = "console-keys";

for (const viewer of document.querySelectorAll(".viewer")) {
  const svg = viewer.querySelector("svg");
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  let view = [...whole];
  let turn = 0;

  const show = () => svg.setAttribute("viewBox", view.map((n) => n.toFixed(1)).join(" "));
  const keepInside = () => {
    view[0] = Math.min(Math.max(view[0], whole[0]), whole[0] + whole[2] - view[2]);
    view[1] = Math.min(Math.max(view[1], whole[1]), whole[1] + whole[3] - view[3]);
  };
  const zoom = (factor, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) => {
    const width = Math.min(whole[2], Math.max(whole[2] / 24, view[2] / factor));
    const share = width / view[2];
    view = [x - (x - view[0]) * share, y - (y - view[1]) * share, width, view[3] * share];
    keepInside();
    show();
  };
  const place = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [point.x, point.y];
  };

  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && view[2] === whole[2] && event.deltaY > 0) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? STEP : 1 / STEP, ...place(event));
  }, { passive: false });

  const fingers = new Map();
  let apart = 0;
  svg.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    svg.setPointerCapture(event.pointerId);
    apart = 0;
  });
  svg.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    if (fingers.size === 1) {
      const [x0, y0] = place(before);
      const [x1, y1] = place(event);
      view[0] += x0 - x1;
      view[1] += y0 - y1;
      keepInside();
      show();
    }
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) {
      const [a, b] = [...fingers.values()];
      const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      if (apart) zoom(now / apart);
      apart = now;
    }
  });
  for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, (event) => fingers.delete(event.pointerId));

  const tools = {
    in: () => zoom(STEP),
    out: () => zoom(1 / STEP),
    reset: () => { view = [...whole]; turn = 0; viewer.classList.remove("turn-1", "turn-2", "turn-3"); show(); },
    turn: () => {
      viewer.classList.remove(`turn-${turn}`);
      turn = (turn + 1) % 4;
      if (turn) viewer.classList.add(`turn-${turn}`);
    },
  };
  for (const button of viewer.querySelectorAll("[data-tool]")) button.addEventListener("click", tools[button.dataset.tool]);
  for (const box of viewer.querySelectorAll("[data-layer]")) {
    box.addEventListener("change", () => toggle(svg, box));
    toggle(svg, box);
  }
  viewer.tools = tools;
}

function toggle(svg, box) {
  svg.getElementById(box.dataset.layer).setAttribute("display", box.checked ? "inline" : "none");
}

for (const button of document.querySelectorAll("[data-shows]")) {
  button.addEventListener("click", () => {
    const box = document.querySelector(`[data-layer="${button.dataset.shows}"]`);
    if (!box) return;
    box.checked = true;
    box.dispatchEvent(new Event("change"));
    box.closest(".viewer").scrollIntoView({ block: "center" });
  });
}

const keysAreOff = () => localStorage.getItem(KEYS) === "off"; // also on pages without the list that switches them
const on = document.querySelector("#keys-on");
if (on) {
  on.checked = !keysAreOff();
  on.addEventListener("change", () => localStorage.setItem(KEYS, on.checked ? "on" : "off"));
}

const writing = (element) => element.matches("textarea, select, input:not([type=radio], [type=checkbox])");
const viewers = [...document.querySelectorAll(".viewer")];
let current = 0;
const choose = (outcome) => {
  const radio = document.querySelector(`[name="outcome"][value="${outcome}"]`);
  if (radio) { radio.checked = true; radio.focus(); }
};
const press = (selector) => document.querySelector(selector)?.click();
const look = (number) => {
  if (!viewers[number]) return;
  current = number;
  viewers[number].scrollIntoView({ block: "center" });
  viewers[number].querySelector("svg").focus({ preventScroll: true });
};
const acts = {
  "?": () => document.querySelector("#keys")?.togglePopover(),
  n: () => press("[data-key=next]"),
  c: () => press("[data-key=claim]"),
  a: () => choose("approve"),
  r: () => choose("resubmit"),
  x: () => choose("reject"),
  m: () => document.querySelector("#note-text")?.focus(),
  o: () => {
    const boxes = [...document.querySelectorAll("[data-layer]")];
    const on = !boxes.some((box) => box.checked);
    for (const box of boxes) { box.checked = on; box.dispatchEvent(new Event("change")); }
  },
  "+": () => viewers[current]?.tools.in(),
  "-": () => viewers[current]?.tools.out(),
  0: () => viewers[current]?.tools.reset(),
  t: () => viewers[current]?.tools.turn(),
  1: () => look(0),
  2: () => look(1),
  3: () => look(2),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = document.querySelector("#decision");
    if (form && form.contains(document.activeElement)) { event.preventDefault(); form.requestSubmit(); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || keysAreOff()) return;
  const act = acts[event.key];
  if (act) { event.preventDefault(); act(); }
});
