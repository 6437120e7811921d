// Search while one types. Without this the box is a plain form that leads to the results page.
// The server answers the header X-Fragment with a piece of HTML in which every result is a link.
const WAIT = 120;
const LEAST = 2;

for (const form of document.querySelectorAll("form[data-search]")) start(form);

function start(form) {
  const input = form.querySelector("input");
  const list = Object.assign(document.createElement("div"), { className: "found", id: `${input.id}-list`, hidden: true });
  const status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.querySelector("label").textContent);
  status.setAttribute("role", "status");
  form.append(list, status);
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) {
    input.setAttribute(name, value);
  }
  let timer;
  let asked;
  let chosen = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const show = (visible) => {
    list.hidden = !visible;
    input.setAttribute("aria-expanded", String(visible));
    if (!visible) mark(-1);
  };
  const mark = (index) => {
    chosen = index;
    options().forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    const option = options()[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };
  const fill = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const links = [...page.querySelectorAll("a[href]")];
    list.replaceChildren(
      ...links.map((link, index) => {
        const option = document.createElement("a");
        option.href = link.getAttribute("href");
        option.append(...link.childNodes);
        option.id = `${list.id}-${index}`;
        option.tabIndex = -1;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        return option;
      }),
    );
    status.textContent = links.length ? form.dataset.found : form.dataset.none;
    show(links.length > 0);
    chosen = -1;
  };
  const ask = async () => {
    const text = input.value.trim();
    asked?.abort();
    if (text.length < LEAST) return show(false);
    asked = new AbortController();
    try {
      const address = `${form.dataset.search}?q=${encodeURIComponent(text)}`;
      const answer = await fetch(address, { headers: { Accept: "text/html", "X-Fragment": "1" }, signal: asked.signal });
      if (answer.ok && !answer.redirected) fill(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") show(false);
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      event.preventDefault(); // else the browser also empties the box
      show(false);
    } else if (event.key === "ArrowDown" && count && !list.hidden) {
      event.preventDefault();
      mark((chosen + 1) % count);
    } else if (event.key === "ArrowUp" && count && !list.hidden) {
      event.preventDefault();
      mark((chosen - 1 + count) % count);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      options()[chosen].click();
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) setTimeout(() => show(false), 150);
  });
}
