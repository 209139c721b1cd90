// The camera: opened on a click, its frames as small JPEG files, the still at full size.

export class CameraTrouble extends Error {
  constructor(kind) { super(kind); this.kind = kind; }
}

const TROUBLES = { NotAllowedError: "camera_blocked", SecurityError: "camera_blocked", NotFoundError: "camera_missing", OverconstrainedError: "camera_missing" };

export async function openCamera(video, facing) {
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraTrouble("camera_missing");
  const size = facing === "user" ? { width: { ideal: 1280 }, height: { ideal: 960 } } : { width: { ideal: 4032 }, height: { ideal: 3024 } };
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: { ideal: facing }, ...size } });
  } catch (error) {
    throw new CameraTrouble(TROUBLES[error.name] ?? "camera_busy");
  }
  await video.play();
  if (!video.videoWidth) await new Promise((done) => video.addEventListener("loadedmetadata", done, { once: true }));
  return video.srcObject;
}

export function closeCamera(video) {
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.srcObject = null;
}

// Wait for a picture that the camera has not shown before: the same one twice would look like a stream that stands still.
export function newFrame(video) {
  if (!("requestVideoFrameCallback" in video)) return new Promise((done) => setTimeout(done, 40));
  return new Promise((done) => {
    const late = setTimeout(done, 1000);
    video.requestVideoFrameCallback(() => { clearTimeout(late); done(); });
  });
}

// A frame with its longer side at most `most` pixels; null while the camera has none.
export async function frameOf(video, most, quality) {
  const { videoWidth: width, videoHeight: height } = video;
  if (!width) return null;
  const scale = Math.min(1, most / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}

// The full still: from the sensor where the browser can, else the video's own frame.
export async function stillOf(video) {
  const [track] = video.srcObject.getVideoTracks();
  if ("ImageCapture" in window) {
    try {
      const photo = await Promise.race([new ImageCapture(track).takePhoto(), new Promise((_, no) => setTimeout(no, 3000))]);
      if (photo?.size && photo.type === "image/jpeg") return photo;
    } catch {
      // some cameras give no stills: the frame does
    }
  }
  return frameOf(video, 8000, 0.95);
}

// Lay the drawing over the picture itself, not over the bars beside it.
export function fitOver(video, over) {
  const box = video.getBoundingClientRect(), view = video.parentElement.getBoundingClientRect();
  const scale = Math.min(box.width / video.videoWidth, box.height / video.videoHeight);
  const width = video.videoWidth * scale, height = video.videoHeight * scale;
  over.setAttribute("width", width);
  over.setAttribute("height", height);
  over.style.setProperty("left", `${box.left - view.left + (box.width - width) / 2}px`);
  over.style.setProperty("top", `${box.top - view.top + (box.height - height) / 2}px`);
}

export function draw(shape, points) {
  shape.setAttribute("points", (points ?? []).map(([x, y]) => `${x},${y}`).join(" "));
}

export const words = (name) => document.querySelector("template[data-words]").content.querySelector(`[data-name="${name}"]`);

// Say it once: a screen reader repeats what is set again.
export function say(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

export function showTrouble(kind) {
  const told = words(kind), place = document.querySelector("[data-blocked]");
  place.querySelector("[data-blocked-title]").textContent = told.dataset.title;
  place.querySelector("[data-blocked-text]").textContent = told.textContent;
  place.hidden = false;
  document.querySelector("[data-open]").hidden = false;
}

export const socketAddress = (path) => `${location.origin.replace(/^http/, "ws")}${path}`;
