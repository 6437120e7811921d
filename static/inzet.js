// What was logged is kept in the browser's own storage until the site has it: sent at once where
// there is a connection, else when it comes back or the page is opened again. Each has a key, so
// that the site keeps once what is sent twice. Without this, and with a photo, the form is sent.
import { kept } from "./door.js";

const place = document.querySelector("[data-log]");
const PAUSES = [2000, 5000, 10000, 20000];
const UNSENT = new Set(["csrf_token", "photo"]);

// "done" with where to go, "refused", or why not yet: "offline", "out" (log in), "reload".
const send = async (address, fields, token) => {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  let answer;
  try {
    answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token, "X-Fragment": "1" }, body });
  } catch {
    return { state: "offline" };
  }
  if (answer.redirected || [401, 403].includes(answer.status)) return { state: "out" };
  if (answer.status === 400) return { state: "reload" };
  if ([404, 410, 413, 422].includes(answer.status)) return { state: "refused" };
  if (!answer.ok) return { state: "offline" };
  try {
    return { state: "done", ...(await answer.json()) };
  } catch {
    return { state: "out" };
  }
};

if (place) {
  const store = kept(place.dataset.store);
  const form = place.matches("form") ? place : null;
  const token = form ? form.elements.csrf_token.value : place.dataset.csrfToken;
  let busy = false;
  let failures = 0;
  let timer;

  const show = (state, what) => {
    for (const notice of document.querySelectorAll("[data-kept]")) notice.hidden = notice.dataset.kept !== state;
    if (what) document.querySelector("[data-kept-what]").textContent = what;
  };

  const words = (entry) => entry.fields.filter(([name, value]) => ["title", "remark", "heads", "about"].includes(name) && value).map(([, value]) => value).join(", ");

  const keep = (state) => {
    show(state);
    if (form) form.hidden = store.read().some((entry) => entry.key === form.elements.client_key.value);
  };

  // `now` is the key of what was just filled in: the site shows what came of it.
  const flush = async (now) => {
    clearTimeout(timer);
    if (busy) return;
    busy = true;
    let sent = 0;
    for (const entry of store.read()) {
      const answer = await send(entry.address, entry.fields, token);
      if (answer.state === "done") {
        store.drop(new Set([entry.key]));
        failures = 0;
        sent += 1;
        if (entry.key === now || form?.elements.client_key.value === entry.key) {
          location.assign(answer.href);
          return;
        }
        continue;
      }
      if (answer.state === "refused") {
        store.drop(new Set([entry.key]));
        if (entry.key === now) {
          HTMLFormElement.prototype.submit.call(form); // the site says what is wrong
          return;
        }
        busy = false;
        show("refused", words(entry));
        return;
      }
      busy = false;
      keep(answer.state);
      if (answer.state === "offline") timer = setTimeout(flush, PAUSES[Math.min(failures++, PAUSES.length - 1)]);
      return;
    }
    busy = false;
    if (sent && !form) location.reload(); // the page tells what came of it
    else show(sent ? "done" : "");
  };

  form?.addEventListener("submit", (event) => {
    const photo = form.elements.photo;
    if (photo?.files.length && navigator.onLine) return; // with a picture the browser sends it
    event.preventDefault();
    const key = form.elements.client_key.value;
    if (store.read().some((entry) => entry.key === key)) return;
    const fields = [...new FormData(form, event.submitter)].filter(([name]) => !UNSENT.has(name));
    store.add({ key, address: form.getAttribute("action"), fields });
    flush(key);
  });
  addEventListener("online", () => flush());
  document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });
  flush();
}
