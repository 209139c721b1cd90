// The page between password and account: shows the key at once, and again when the request was decided.
import { publicKey, put, signature } from "./key.js";

const form = document.querySelector("[data-arrive]");
const code = document.querySelector("[data-code]");
const left = document.querySelector("[data-left]");
let fresh = Number(left?.dataset.left ?? 0);

async function hasCamera() {
  const found = await navigator.mediaDevices?.enumerateDevices?.() ?? [];
  return found.some((device) => device.kind === "videoinput");
}

async function arrive() {
  const path = new URL(form.action).pathname;
  if (form.elements.key) {
    put(form, "key", await publicKey());
    put(form, "camera", await hasCamera().catch(() => false) ? "yes" : "no");
  }
  put(form, "device_signature", await signature("POST", path, form.elements.device_challenge.value));
  form.submit();
}

function listen() {
  const address = new URL("/sign-in/pending/socket", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  const before = form.dataset.seen;
  socket.onmessage = ({ data }) => {
    const told = JSON.parse(data);
    const seen = `${told.status} ${(told.missing ?? []).join(" ")}`;
    if (seen !== before && !document.querySelector("[data-leaving]")) location.assign("/sign-in/pending");
    if (code && told.code) {
      code.textContent = `${told.code.slice(0, 3)} ${told.code.slice(3)}`;
      fresh = told.fresh_s;
    }
  };
  socket.onclose = ({ code: why }) => {
    if (why !== 1008) setTimeout(listen, 2000);
  };
}

if (form.dataset.arrive === "now") {
  arrive().catch(() => { document.querySelector("[data-no-key]").hidden = false; });
} else if (form.dataset.arrive === "later") {
  listen();
  if (left) setInterval(() => { fresh = Math.max(0, fresh - 1); left.textContent = left.dataset.words.replace("0", fresh); }, 1000);
}
