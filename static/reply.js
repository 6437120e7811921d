// Puts a text at the end of what was written. Without this the link opens the page with the text.
const area = document.querySelector("textarea[name=text]");
for (const link of document.querySelectorAll("[data-use]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const text = link.closest("details").querySelector("[data-text]").textContent;
    area.value = area.value.trim() ? `${area.value.trimEnd()}\n\n${text}` : text;
    area.focus();
  });
}
