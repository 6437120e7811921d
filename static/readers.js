// Says how many people a choice of readers has, while somebody chooses.
const form = document.querySelector("form[data-count]");
const said = form?.querySelector("[data-counted]");
let asked = 0;

async function count() {
  const mine = ++asked;
  const data = new FormData(form);
  data.delete("csrf_token");
  try {
    const answer = await fetch(`${form.dataset.count}?${new URLSearchParams(data)}`);
    if (answer.ok && mine === asked) said.textContent = await answer.text();
  } catch {
    // the page works without it: the count is shown after saving
  }
}

form?.addEventListener("change", count);
