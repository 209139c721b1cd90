// The live check: frames with their times go to the server, which says one step at a time and gives the verdict.
import { CameraTrouble, closeCamera, draw, fitOver, frameOf, newFrame, openCamera, say, showTrouble, socketAddress, words } from "./camera.js";

const FRAME_PX = 640, QUALITY = 0.8, EVERY_MS = 70, AHEAD = 4;

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
    showHelp("/help/facial-recognition-device");
    return;
  }
  fitOver(video, over);
  root.scrollIntoView({ block: "center" });
  attend();
}

// Frames follow the camera's clock, a few ahead of the answers: a server that is busy for a moment leaves no gap.
function attend() {
  socket = new WebSocket(socketAddress(`${root.dataset.socket}?lang=${root.dataset.lang}`));
  const here = socket;
  let waiting = 0, answered = () => {};
  const isOpen = () => !ended && here.readyState === WebSocket.OPEN;
  const send = async () => {
    while (isOpen()) {
      const began = performance.now();
      while (isOpen() && waiting >= AHEAD) await new Promise((done) => { answered = done; });
      await newFrame(video);
      const taken = performance.now() / 1000;
      const blob = await frameOf(video, FRAME_PX, QUALITY);
      if (!blob || !isOpen()) continue;
      const moment = new DataView(new ArrayBuffer(8));
      moment.setFloat64(0, taken, true);
      here.send(new Blob([moment, blob]));
      waiting += 1;
      await new Promise((done) => setTimeout(done, Math.max(0, EVERY_MS - (performance.now() - began))));
    }
  };
  here.addEventListener("message", ({ data }) => {
    const told = JSON.parse(data);
    if (told.type === "challenge") { bar.max = told.steps; send(); }
    if (told.type === "prompt") {
      waiting -= 1;
      answered();
      show(told);
      if (told.phase === "over") judging();
    }
    if (told.type === "result") finish(told);
    if (told.type === "locked") location.reload();
  });
  here.addEventListener("close", () => {
    answered();
    if (!ended) retry(words("broken").textContent);
    socket = null;
  });
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
    location.assign(`${root.dataset.here}?code=${told.code}`);
  } else {
    showHelp(told.help);
    const left = document.querySelector("[data-remaining]");
    if (left && told.remaining_words) left.textContent = told.remaining_words;
    retry(`${words("failed").textContent} ${told.words}`);
  }
}

function showHelp(path) {
  const help = document.querySelector("[data-help]");
  if (!path || !help) return;
  help.href = path;
  help.closest("[data-help-line]").hidden = false;
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
