// The live check: frames with their times go to the server, which says one step at a time and gives the verdict.
import { CameraTrouble, closeCamera, draw, fitOver, frameOf, newFrame, openCamera, say, showTrouble, socketAddress, words } from "./camera.js";

const FRAME_PX = 640, QUALITY = 0.8, EVERY_MS = 70, AHEAD = 4;
const MIDDLE = [0.5, 0.45], FIELD = 0.25, DOT = 0.03, RING = 0.07; // shares of the frame, all but the middle of its width

const root = document.querySelector("[data-live]");
const open = document.querySelector("[data-open]"), button = open.querySelector("button");
const video = root.querySelector("video"), over = root.querySelector(".over"), shape = root.querySelector(".shape");
const dot = root.querySelector(".dot"), ring = root.querySelector(".ring");
const said = root.querySelector(".say"), bar = root.querySelector("progress");
let socket = null, ended = false, path = null, setOut = 0;

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
  draw(shape, told.step === "dot" ? [] : told.shape);
  follow(told);
  bar.value = told.done + told.progress * 0.9;
  root.classList.toggle("good", told.phase === "steps" && !told.hint);
  const text = [told.step_words, told.hint_words].filter(Boolean).join(" ");
  if (text || told.phase !== "steps") say(said, text);
}

// The dot goes its way by this machine's clock from the moment at which it was asked for; the ring is where the head points.
function follow(told) {
  const asked = !ended && told.step === "dot" && told.dot.length > 1;
  if (asked && !path) {
    path = told.dot;
    setOut = performance.now();
    requestAnimationFrame(move);
  }
  if (!asked) path = null;
  place(ring, RING, asked ? told.faced : null);
  if (!asked) place(dot, DOT, null);
}

function move() {
  if (!path) return;
  const at = Math.min((performance.now() - setOut) / 1000, path.at(-1)[0]);
  const next = Math.max(1, path.findIndex(([second]) => second >= at));
  const [[from, x0, y0], [to, x1, y1]] = [path[next - 1], path[next]], share = (at - from) / (to - from);
  place(dot, DOT, [x0 + share * (x1 - x0), y0 + share * (y1 - y0)]);
  requestAnimationFrame(move);
}

function place(round, size, at) {
  round.toggleAttribute("hidden", !at);
  if (!at) return;
  const aspect = video.videoWidth / video.videoHeight;
  const values = { cx: MIDDLE[0] + FIELD * at[0], cy: MIDDLE[1] + FIELD * aspect * at[1], rx: size, ry: size * aspect };
  for (const [name, value] of Object.entries(values)) round.setAttribute(name, value);
}

function judging() {
  ended = true;
  path = null;
  say(said, words("judging").textContent);
}

function finish(told) {
  ended = true;
  if (told.passed) {
    root.classList.add("good");
    root.dataset.leaving = "yes"; // so that nothing else on the page leads on before this was read
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
  follow({ step: null });
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
