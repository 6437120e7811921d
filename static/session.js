// Two minutes before the session ends, ask whether to stay. Without this one logs in again.
const body = document.body;
const seconds = Number(body.dataset.sessionEnds);
const address = body.dataset.sessionExtend;
const WARN = 120;

const dutch = {
  title: "Bent u er nog?",
  text: "Uw sessie eindigt over twee minuten. Wat u niet hebt opgeslagen, gaat dan verloren.",
  stay: "Blijf ingelogd",
  failed: "Dat lukte niet. Sla uw werk op en log opnieuw in.",
};
const english = {
  title: "Are you still there?",
  text: "Your session ends in two minutes. What you have not saved will be lost.",
  stay: "Stay logged in",
  failed: "That did not work. Save your work and log in again.",
};
const words = document.documentElement.lang === "en" ? english : dutch;
let timer;
let dialog;

const plan = (left) => {
  clearTimeout(timer);
  timer = setTimeout(warn, Math.max(1, left - WARN) * 1000);
};

const build = () => {
  dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "session-title");
  const title = Object.assign(document.createElement("h2"), { id: "session-title", textContent: words.title });
  const text = Object.assign(document.createElement("p"), { textContent: words.text });
  text.setAttribute("role", "status");
  const stay = Object.assign(document.createElement("button"), { className: "button", type: "button", textContent: words.stay });
  stay.addEventListener("click", () => extend(text));
  dialog.append(title, text, stay);
  dialog.addEventListener("cancel", () => extend(text));
  body.append(dialog);
};

const warn = () => {
  if (!dialog) build();
  dialog.querySelector("p").textContent = words.text;
  dialog.showModal();
};

const extend = async (text) => {
  try {
    const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": body.dataset.csrf ?? "" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    dialog.close();
    plan(seconds);
  } catch {
    text.textContent = words.failed;
  }
};

if (seconds > 0 && address) plan(seconds);
