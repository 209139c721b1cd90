// A form with files says that it is being sent, and two quick clicks send it once: on a slow network nothing else tells.
const TWICE_MS = 2000;

for (const form of document.querySelectorAll("form:has([data-sending])")) {
  const told = form.querySelector("[data-sending]");
  let sent = -Infinity;
  form.addEventListener("submit", (event) => {
    if (performance.now() - sent < TWICE_MS) { event.preventDefault(); return; }
    sent = performance.now();
    told.textContent = told.dataset.sending;
  });
  addEventListener("pageshow", () => { told.textContent = ""; });
}
