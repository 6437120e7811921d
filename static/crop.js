// Choosing the part of a photo: the square follows the sliders, and can be dragged. Without this
// script one presses "Look first".
const form = document.querySelector("form[data-crop]");
const box = form?.querySelector(".crop");
const svg = box?.querySelector("svg");

if (svg) {
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const veil = svg.querySelector(".crop-veil");
  const frame = svg.querySelector(".crop-frame");
  const { x, y, zoom } = form.elements;
  const clamp = (value) => Math.min(100, Math.max(0, value));
  const side = () => Math.floor((Math.min(width, height) * 100) / Number(zoom.value));

  const draw = () => {
    const size = side();
    const left = Math.round(((width - size) * Number(x.value)) / 100);
    const top = Math.round(((height - size) * Number(y.value)) / 100);
    veil.setAttribute(
      "d",
      `M0 0H${width}V${height}H0ZM${left} ${top}H${left + size}V${top + size}H${left}Z`,
    );
    for (const [name, value] of Object.entries({ x: left, y: top, width: size, height: size })) {
      frame.setAttribute(name, value);
    }
  };

  const moved = (slider, room, pixels) => {
    if (room > 0) slider.value = clamp((pixels / room) * 100);
  };

  // The square's middle goes where the finger is.
  const follow = (event) => {
    const shown = svg.getBoundingClientRect();
    const scale = width / shown.width;
    const size = side();
    moved(x, width - size, (event.clientX - shown.left) * scale - size / 2);
    moved(y, height - size, (event.clientY - shown.top) * scale - size / 2);
    draw();
  };

  svg.addEventListener("pointerdown", (event) => {
    svg.setPointerCapture(event.pointerId);
    follow(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (svg.hasPointerCapture(event.pointerId)) follow(event);
  });
  for (const slider of [x, y, zoom]) slider.addEventListener("input", draw);
  form.querySelector("[name=look]").remove();
  box.dataset.live = "";
  draw();
}
