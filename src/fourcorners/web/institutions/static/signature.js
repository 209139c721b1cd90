// A pad to sign by hand: strokes of points in the pad's own pixels, sent with the form. The name alone is enough without it.
const form = document.querySelector("[data-signing]");

if (form) {
  const pad = form.querySelector("[data-pad]");
  const canvas = pad.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const strokes = [];
  pad.hidden = false;

  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    const along = (value, side) => Math.min(side, Math.max(0, Math.round(value * 10) / 10));
    return [
      along(((event.clientX - box.left) * canvas.width) / box.width, canvas.width),
      along(((event.clientY - box.top) * canvas.height) / box.height, canvas.height),
    ];
  };

  const draw = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    for (const stroke of strokes) {
      pen.beginPath();
      stroke.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      pen.stroke();
    }
    form.elements.strokes.value = strokes.length ? JSON.stringify(strokes) : "";
    form.elements.kind.value = strokes.length ? "drawn" : "typed";
    pad.dataset.strokes = String(strokes.length);
  };

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    strokes.push([at(event)]);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    strokes.at(-1).push(at(event));
    draw();
  });
  canvas.addEventListener("pointerup", draw);
  pad.querySelector("[data-clear]").addEventListener("click", () => { strokes.length = 0; draw(); });
}
