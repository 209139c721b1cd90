// A page that follows: asks every few seconds whether something happened, and goes on when it did.
const root = document.querySelector("[data-follow]");
const EVERY_MS = 2500;

async function ask() {
  try {
    const answer = await fetch("/verify/state", { headers: { accept: "application/json" } });
    if (!answer.ok) return;
    const told = await answer.json();
    if (root.dataset.follow === "waiting") {
      if (told.next !== "/verify/waiting") location.assign(told.next);
      else if (root.dataset.before && root.dataset.before !== told.seen) location.reload();
      root.dataset.before = told.seen;
    } else if (told.seen !== root.dataset.follow) {
      if (["/verify/waiting", "/verify/result"].includes(told.next)) location.assign(told.next);
      root.dataset.follow = told.seen;
      document.getElementById("followed").dataset.moved = "yes";
    }
  } catch {
    // offline for a moment: asked again
  }
}

setInterval(ask, EVERY_MS);
