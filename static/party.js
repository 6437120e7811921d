// As many fields for names as colleagues come. Without this there are a few, folded in.
for (const box of document.querySelectorAll("[data-party]")) {
  const select = box.querySelector("select");
  const details = box.querySelector("details");
  const kept = new Map();

  const show = (open) => {
    const colleagues = Number(select.value) - 1;
    details.hidden = colleagues === 0;
    if (open) details.open = colleagues > 0;
    for (const place of box.querySelectorAll("[data-place]")) {
      const input = place.querySelector("input");
      const wanted = Number(place.dataset.place) <= colleagues;
      if (wanted && place.hidden && kept.has(input)) input.value = kept.get(input);
      if (!wanted && input.value) {
        kept.set(input, input.value);
        input.value = "";
      }
      place.hidden = !wanted;
    }
  };

  // Names that were sent without this script count, whatever the number beside them says.
  const named = [...box.querySelectorAll("[data-place]")]
    .filter((place) => place.querySelector("input").value)
    .map((place) => Number(place.dataset.place));
  const least = Math.max(0, ...named) + 1;
  if (Number(select.value) < least) select.value = String(least);
  select.addEventListener("change", () => show(true));
  show(false);
}
