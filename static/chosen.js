// Shows the fields of what was chosen. Without this all of them are there, and those of the choice count.
for (const form of document.querySelectorAll("form[data-chosen]")) {
  const show = () => {
    const chosen = form.querySelector(`[name="${form.dataset.chosen}"]:checked`)?.value;
    for (const part of form.querySelectorAll("[data-for]")) {
      part.hidden = !part.dataset.for.split(" ").includes(chosen);
    }
  };
  form.addEventListener("change", show);
  show();
}
