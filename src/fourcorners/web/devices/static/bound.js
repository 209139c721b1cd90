// On every page of a session that belongs to this device: signs what matters, signs again now and then, and says at once
// when somebody asks to come in.
import { put, signature } from "./key.js";

const SIGNED = /^\/(security|devices|console\/staff|console\/keys)(\/|$)/;
const AGAIN_MS = 2 * 60 * 1000;

async function challenge() {
  const answer = await fetch("/devices/challenge", { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).challenge;
}

async function sign(form, path) {
  const asked = await challenge();
  put(form, "device_challenge", asked);
  put(form, "device_signature", await signature("POST", path, asked));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const path = new URL(form.action).pathname;
  if (event.defaultPrevented || form.method !== "post" || !SIGNED.test(path)) return;
  event.preventDefault();
  if (event.submitter?.name) put(form, event.submitter.name, event.submitter.value);
  sign(form, path).then(() => form.submit(), () => location.reload());
});

async function renew() {
  const token = document.querySelector("[name=form_token]")?.value;
  if (!token) return;
  const asked = await challenge();
  const body = new URLSearchParams({ form_token: token, device_challenge: asked, next: "/devices/challenge" });
  body.set("device_signature", await signature("POST", "/devices/prove", asked));
  await fetch("/devices/prove", { method: "POST", body, headers: { accept: "application/json" } });
}

function listen() {
  const address = new URL("/devices/socket", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  const sheet = document.querySelector("[data-asking]");
  const alert = document.querySelector("[data-device-asks]");
  const news = document.querySelector("[data-device-new]");
  socket.onmessage = ({ data }) => {
    const told = JSON.parse(data);
    if (!told.asking) return;
    if (sheet && `${told.asking.join(" ")}|${told.let_in.join(" ")}` !== sheet.dataset.asking) location.assign("/devices");
    if (alert && !sheet) alert.hidden = told.asking.length === 0;
    if (news && !sheet) news.hidden = told.let_in.length === 0;
  };
  socket.onclose = ({ code: why }) => {
    if (why !== 1008) setTimeout(listen, 2000);
  };
}

setInterval(() => renew().catch(() => {}), AGAIN_MS);
listen();
