// The page of one picture: hints from the server over the preview, the shutter by itself or by hand, the still sent.
import { CameraTrouble, closeCamera, draw, fitOver, frameOf, openCamera, say, showTrouble, socketAddress, stillOf, words } from "./camera.js";

const PREVIEW_PX = 640, QUALITY = 0.7, EVERY_MS = 120, STEADY_MS = 1000, ANSWER_MS = 6000;

const root = document.querySelector("[data-camera]");
const open = document.querySelector("[data-open]");
const video = root.querySelector("video"), over = root.querySelector(".over"), shape = root.querySelector(".shape");
const said = root.querySelector(".say"), shutter = root.querySelector("[data-shutter]"), automatic = root.querySelector("[data-automatic]");
let socket = null, sending = false, goodSince = 0;

open.hidden = false;
open.querySelector("button").addEventListener("click", begin);
shutter.addEventListener("click", take);
addEventListener("pagehide", stop);
addEventListener("resize", () => video.videoWidth && fitOver(video, over));

async function begin() {
  document.querySelector("[data-blocked]").hidden = true;
  open.hidden = true;
  root.hidden = false;
  say(said, words("starting").textContent);
  try {
    await openCamera(video, root.dataset.facing);
  } catch (error) {
    root.hidden = true;
    if (!(error instanceof CameraTrouble)) throw error;
    showTrouble(error.kind);
    return;
  }
  fitOver(video, over);
  shutter.focus({ preventScroll: true });
  root.scrollIntoView({ block: "center" });
  follow();
}

// One frame in flight: the next is taken when the last was answered.
function follow() {
  socket = new WebSocket(socketAddress(`/verify/capture/${root.dataset.item}/socket?lang=${root.dataset.lang}`));
  socket.binaryType = "arraybuffer";
  let answered = 0, watch = 0;
  const next = async () => {
    const blob = await frameOf(video, PREVIEW_PX, QUALITY);
    if (socket?.readyState !== WebSocket.OPEN || sending) return;
    if (blob) socket.send(blob);
    clearTimeout(watch);
    watch = setTimeout(() => say(said, words("offline").textContent), ANSWER_MS);
  };
  socket.addEventListener("open", next);
  socket.addEventListener("message", ({ data }) => {
    clearTimeout(watch);
    show(JSON.parse(data));
    answered = performance.now();
    setTimeout(next, Math.max(0, EVERY_MS - (performance.now() - answered)));
  });
  socket.addEventListener("close", () => {
    clearTimeout(watch);
    socket = null;
    if (!sending) { draw(shape, []); root.classList.remove("good"); say(said, words("by_hand").textContent); }
  });
}

function show(told) {
  if (sending) return;
  draw(shape, told.shape);
  root.classList.toggle("good", told.ready);
  say(said, told.words);
  goodSince = told.ready ? goodSince || performance.now() : 0;
  if (goodSince && automatic.checked && performance.now() - goodSince >= STEADY_MS) take();
}

async function take() {
  if (sending || !video.videoWidth) return;
  sending = true;
  shutter.disabled = true;
  try {
    const still = await stillOf(video);
    video.pause();
    say(said, words("sending").textContent);
    const form = new FormData();
    form.set("form_token", root.dataset.token);
    form.set("source", "camera");
    form.set("file", still, "camera.jpg");
    const answer = await fetch(`/verify/capture/${root.dataset.item}`, { method: "POST", body: form, headers: { accept: "text/html" } });
    if (answer.redirected) { stop(); location.assign(answer.url); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const wrong = page.querySelector(".wrong-words, .lead");
    again(wrong?.textContent.trim() ?? words("by_hand").textContent);
  } catch {
    showTrouble("upload_blocked");
    again(words("upload_blocked").textContent);
  }
}

function again(text) {
  sending = false;
  goodSince = 0;
  shutter.disabled = false;
  video.play();
  if (!socket) follow();
  say(said, text);
}

function stop() {
  socket?.close(1000);
  closeCamera(video);
}
