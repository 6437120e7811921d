// A form that is under way says so and cannot be sent twice.
const restore = (button) => {
  if (!button.dataset.label) return;
  button.textContent = button.dataset.label;
  button.removeAttribute("aria-disabled");
  delete button.dataset.label;
  delete button.form?.dataset.sent;
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter ?? form.querySelector("[data-busy]");
  if (event.defaultPrevented || form.method !== "post" || !button?.dataset.busy) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // After this event: a disabled or changed button would not be sent along with its value.
  setTimeout(() => {
    button.dataset.label = button.textContent;
    button.textContent = button.dataset.busy;
    button.setAttribute("aria-disabled", "true");
    // A download leaves the page where it is: give the button back.
    if (form.dataset.download !== undefined) setTimeout(() => restore(button), 4000);
  });
});

// The page comes back from the browser's memory as it was left.
addEventListener("pageshow", () => document.querySelectorAll("[data-label][data-busy]").forEach(restore));
