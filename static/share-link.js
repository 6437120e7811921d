// A button that passes a page on: by the phone's own sheet, else by copying the link.
for (const button of document.querySelectorAll("[data-share]")) {
  const { share: url, title, copyLabel, done } = button.dataset;
  const sheet = typeof navigator.share === "function";
  if (!sheet && !navigator.clipboard) continue;
  button.hidden = false;

  const copy = async () => {
    if (!navigator.clipboard) return;
    button.setAttribute("aria-live", "polite");
    await navigator.clipboard.writeText(url);
    button.textContent = done;
  };

  if (!sheet) button.textContent = copyLabel;
  button.addEventListener("click", async () => {
    try {
      await (sheet ? navigator.share({ title, url }) : copy());
    } catch (error) {
      // AbortError: the sheet was closed without choosing. Anything else: the sheet does not work.
      if (sheet && error.name !== "AbortError") await copy().catch(() => {});
    }
  });
}
