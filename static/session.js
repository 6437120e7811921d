// Two minutes before the session ends, ask whether to stay. Without this one logs in again.
// Another tab of the same person may have kept the session alive: the server decides.
const { sessionEnds, sessionExtend, csrf } = document.body.dataset;
const dialog = document.querySelector("#session-warning");
const seconds = Number(sessionEnds);
const WARN = 120;
let timer;

const plan = () => {
  clearTimeout(timer);
  timer = setTimeout(warn, Math.max(1, seconds - WARN) * 1000);
};

const warn = () => {
  dialog.querySelector("[data-failed]").hidden = true;
  dialog.querySelector("[data-warning]").hidden = false;
  if (!dialog.open) dialog.showModal();
};

const extend = async () => {
  try {
    const answer = await fetch(sessionExtend, { method: "POST", headers: { "X-CSRFToken": csrf ?? "" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    dialog.close();
    plan();
  } catch {
    dialog.querySelector("[data-warning]").hidden = true;
    dialog.querySelector("[data-failed]").hidden = false;
  }
};

if (dialog && seconds > 0 && sessionExtend) {
  dialog.querySelector("button").addEventListener("click", extend);
  plan();
}
