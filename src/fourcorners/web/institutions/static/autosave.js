// Saves a form by itself when something was changed in it: posts it with the version that it was made from, and says so.
// Without script the button does the same. What another editor wrote meanwhile is shown after sending the form.
const WAIT_MS = 400;

class Saving {
  constructor(form) {
    this.form = form;
    this.line = form.querySelector("[data-saved]");
    this.pending = 0;
    this.busy = false;
    this.again = false;
    this.say("");
    form.addEventListener("change", () => this.soon());
    form.addEventListener("submit", () => { this.over = true; clearTimeout(this.pending); });
  }

  say(what) {
    this.line.textContent = what ? this.line.dataset[`words${what}`] : "";
    this.line.dataset.saved = what.toLowerCase();
  }

  soon() {
    clearTimeout(this.pending);
    this.say("Saving");
    this.pending = setTimeout(() => this.save(), WAIT_MS);
  }

  leave() {
    if (!this.pending || this.over) return;
    clearTimeout(this.pending);
    fetch(this.form.action, { method: "POST", body: new FormData(this.form), headers: { accept: "application/json" }, keepalive: true });
  }

  async save() {
    this.pending = 0;
    if (this.over) return;
    if (this.busy) { this.again = true; return; }
    this.busy = true;
    const sent = new FormData(this.form);
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: sent, headers: { accept: "application/json" } });
      if (this.over) return;
      if (answer.ok) this.took(await answer.json());
      else this.say(answer.status === 409 ? "Clash" : "Failed");
    } catch {
      this.say("Failed"); // offline for a moment: the next change, or the button, sends it again
    }
    this.busy = false;
    if (this.again) { this.again = false; this.soon(); }
  }

  took(told) {
    this.form.elements.seen.value = told.version;
    this.form.elements.was.value = JSON.stringify({ ...JSON.parse(this.form.elements.was.value), ...told.kept });
    this.mark(told.errors);
    for (const [name, { state, words }] of Object.entries(told.states)) {
      for (const way of document.querySelectorAll(`[data-section="${name}"]`)) {
        if (way.dataset.state === state) continue;
        way.dataset.state = state;
        way.querySelector("[data-words]").textContent = words;
      }
    }
    if (!this.pending && !this.again) this.say("Saved");
  }

  mark(errors) {
    for (const input of this.form.elements) {
      const field = input.closest(".field");
      if (!field || !input.id) continue;
      const words = errors[input.id];
      const before = document.getElementById(`${input.id}-wrong`);
      if (before && !words) {
        before.remove();
        field.classList.remove("wrong");
        input.removeAttribute("aria-invalid");
      } else if (words) {
        const line = before ?? document.createElement("p");
        line.className = "wrong-words";
        line.id = `${input.id}-wrong`;
        line.textContent = words;
        if (!before) field.append(line);
        field.classList.add("wrong");
        input.setAttribute("aria-invalid", "true");
        input.setAttribute("aria-describedby", line.id);
      }
    }
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const saving = new Saving(form);
  addEventListener("pagehide", () => saving.leave()); // another section was opened at once
}
