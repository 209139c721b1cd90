// The live check: frames with their times go to the server, which says one step at a time and gives the verdict.
import { CameraTrouble, closeCamera, draw, fitOver, frameOf, newFrame, openCamera, say, showTrouble, socketAddress, words } from "./camera.js";

const FRAME_PX = 640, QUALITY = 0.8, EVERY_MS = 70;

const root = document.querySelector("[data-live]");
const open = document.querySelector("[data-open]"), button = open.querySelector("button");
const video = root.querySelector("video"), over = root.querySelector(".over"), shape = root.querySelector(".shape");
const said = root.querySelector(".say"), bar = root.querySelector("progress");
let socket = null, ended = false;

open.hidden = false;
button.addEventListener("click", begin);
addEventListener("pagehide", stop);
addEventListener("resize", () => video.videoWidth && fitOver(video, over));

async function begin() {
  document.querySelector("[data-blocked]").hidden = true;
  open.hidden = true;
  root.hidden = false;
  ended = false;
  bar.value = 0;
  say(said, words("starting").textContent);
  try {
    await openCamera(video, "user");
  } catch (error) {
    root.hidden = true;
    if (!(error instanceof CameraTrouble)) throw error;
    showTrouble(error.kind);
    return;
  }
  fitOver(video, over);
  root.scrollIntoView({ block: "center" });
  attend();
}

function attend() {
  socket = new WebSocket(socketAddress(`/verify/live/socket?lang=${root.dataset.lang}`));
  const next = async () => {
    if (ended || socket?.readyState !== WebSocket.OPEN) return;
    await newFrame(video);
    const taken = performance.now() / 1000;
    const blob = await frameOf(video, FRAME_PX, QUALITY);
    if (!blob || ended || socket?.readyState !== WebSocket.OPEN) return;
    const moment = new DataView(new ArrayBuffer(8));
    moment.setFloat64(0, taken, true);
    socket.send(new Blob([moment, blob]));
  };
  let sent = performance.now();
  const pace = () => {
    const wait = Math.max(0, EVERY_MS - (performance.now() - sent));
    setTimeout(() => { sent = performance.now(); next(); }, wait);
  };
  socket.addEventListener("message", ({ data }) => {
    const told = JSON.parse(data);
    if (told.type === "challenge") { bar.max = told.steps; next(); }
    if (told.type === "prompt") { show(told); if (told.phase === "over") judging(); else pace(); }
    if (told.type === "result") finish(told);
    if (told.type === "locked") location.reload();
  });
  socket.addEventListener("close", () => { if (!ended) retry(words("broken").textContent); socket = null; });
}

function show(told) {
  draw(shape, told.shape);
  bar.value = told.done + told.progress * 0.9;
  root.classList.toggle("good", told.phase === "steps" && !told.hint);
  const text = [told.step_words, told.hint_words].filter(Boolean).join(" ");
  if (text || told.phase !== "steps") say(said, text);
}

function judging() {
  ended = true;
  say(said, words("judging").textContent);
}

function finish(told) {
  ended = true;
  if (told.passed) {
    root.classList.add("good");
    say(said, words("passed").textContent);
    stop();
    setTimeout(() => location.assign(told.next), 900);
  } else if (told.locked_until || told.offers_review) {
    stop();
    location.assign(`/verify/live?code=${told.code}`);
  } else {
    retry(`${words("failed").textContent} ${told.words}`);
  }
}

function retry(text) {
  ended = true;
  stop();
  draw(shape, []);
  root.classList.remove("good");
  say(said, text);
  button.lastChild.textContent = words("again").textContent;
  open.hidden = false;
  button.focus();
}

function stop() {
  socket?.close(1000);
  closeCamera(video);
}
