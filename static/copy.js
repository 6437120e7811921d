// A button beside each address that copies it; without scripts the address is selected by hand.
for (const input of document.querySelectorAll("input[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-secondary";
  button.textContent = input.dataset.copyLabel;
  button.setAttribute("aria-describedby", input.id);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(input.value);
      button.textContent = input.dataset.copied;
    } catch {
      input.select();
    }
  });
  input.after(button);
}
