// An institution's case without the mouse: from one open item to the next, accept it, or open the reasons to refuse it.

const keysAreOff = () => localStorage.getItem("console-keys") === "off";
const items = [...document.querySelectorAll(".item")];
const writing = (element) => element.matches("textarea, select, input:not([type=radio], [type=checkbox])");
const here = () => document.activeElement?.closest(".item") ?? null;

const move = (step) => {
  const open = items.filter((item) => "open" in item.dataset);
  const among = open.length ? open : items;
  if (!among.length) return;
  const at = items.indexOf(here());
  const order = step > 0 ? among : among.toReversed();
  const next = order.find((item) => step > 0 ? items.indexOf(item) > at : items.indexOf(item) < at && at >= 0) ?? order[0];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start" });
};

const acts = {
  j: () => move(1),
  k: () => move(-1),
  y: () => here()?.querySelector("[data-rules=accept]")?.click(),
  u: () => {
    const refusing = here()?.querySelector(".refusing");
    if (!refusing) return;
    refusing.open = true;
    refusing.querySelector("input[type=checkbox]")?.focus();
  },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || keysAreOff()) return;
  const act = acts[event.key];
  if (act) { event.preventDefault(); act(); }
});

// After a ruling the page comes back at the next open item: the keys go on from there.
if (location.hash.length > 1) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest(".item")?.focus({ preventScroll: true });
