// What was logged is kept on the device until the site has it: sent at once where there is a
// connection, else when it comes back or the page is opened again. Each has a key, so that the site
// keeps once what is sent twice. Words are in the browser's storage, a photo in its database; where a
// photo does not come through, the words go ahead. Without this, the form is sent as it is.
import { kept } from "./door.js";
import { dropPhoto, keepPhoto, photoOf, tidyPhotos } from "./photos.js";

const place = document.querySelector("[data-log]");
const PAUSES = [2000, 5000, 10000, 20000];
const UNSENT = new Set(["csrf_token", "photo"]);
const PATIENCE = { words: 30000, photo: 180000 };

// "done" with where to go, "refused", or why not yet: "offline", "out" (log in), "reload"; "large"
// where the photo is more than the site takes.
const send = async (entry, token, photo) => {
  const body = new FormData();
  for (const [name, value] of entry.fields) body.append(name, value);
  if (photo) body.append("photo", photo, photo.name);
  let answer;
  try {
    answer = await fetch(entry.address, {
      method: "POST",
      headers: { "X-CSRFToken": token, "X-Fragment": "1" },
      body,
      signal: AbortSignal.timeout(photo ? PATIENCE.photo : PATIENCE.words),
    });
  } catch {
    return { state: "offline" };
  }
  if (answer.redirected || [401, 403].includes(answer.status)) return { state: "out" };
  if (answer.status === 400) return { state: "reload" };
  if (answer.status === 413 && photo) return { state: "large" };
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
  let keeping = false;
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

  const change = (entry, facts) => {
    store.drop(new Set([entry.key]));
    store.add({ ...entry, ...facts });
  };

  const drop = async (entry) => {
    store.drop(new Set([entry.key]));
    if (entry.photo) await dropPhoto(entry.key);
  };

  const noPhoto = () => {
    for (const notice of document.querySelectorAll("[data-no-photo]")) notice.hidden = false;
  };

  // With its photo, unless that failed before: then the words first, and the photo after them.
  const deliver = async (entry) => {
    const photo = entry.photo ? await photoOf(entry.key) : null;
    if (photo && entry.failed && !entry.told) {
      const answer = await send(entry, token, null);
      if (answer.state !== "done") return answer;
      change(entry, { told: true });
      const after = await send(entry, token, photo);
      return after.state === "offline" ? { state: "photo" } : after.state === "large" ? answer : after;
    }
    const answer = await send(entry, token, photo);
    if (answer.state === "large") return entry.told ? { state: "done" } : send(entry, token, null);
    if (answer.state === "offline" && photo && !entry.told) change(entry, { failed: true });
    return answer.state === "offline" && entry.told ? { state: "photo" } : answer;
  };

  // `now` is the key of what was just filled in: the site shows what came of it.
  const flush = async (now) => {
    clearTimeout(timer);
    if (busy) return;
    busy = true;
    let sent = 0;
    for (const entry of store.read()) {
      const answer = await deliver(entry);
      if (answer.state === "done") {
        await drop(entry);
        failures = 0;
        sent += 1;
        if (answer.href && (entry.key === now || form?.elements.client_key.value === entry.key)) {
          location.assign(answer.href);
          return;
        }
        continue;
      }
      if (answer.state === "refused") {
        await drop(entry);
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
      if (["offline", "photo"].includes(answer.state)) timer = setTimeout(flush, PAUSES[Math.min(failures++, PAUSES.length - 1)]);
      return;
    }
    busy = false;
    if (sent && !form) location.reload(); // the page tells what came of it
    else show(sent ? "done" : "");
  };

  const take = async (fields, key, photo) => {
    const entry = { key, address: form.getAttribute("action"), fields };
    if (photo) {
      entry.photo = await keepPhoto(place.dataset.store, key, photo);
      if (!entry.photo && navigator.onLine) return false; // the browser sends it with the form
      if (!entry.photo) noPhoto();
    }
    try {
      store.add(entry);
    } catch {
      await dropPhoto(key);
      return false;
    }
    flush(key);
    return true;
  };

  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const key = form.elements.client_key.value;
    if (keeping || store.read().some((entry) => entry.key === key)) return;
    keeping = true;
    const fields = [...new FormData(form, event.submitter)].filter(([name]) => !UNSENT.has(name));
    if (!(await take(fields, key, form.elements.photo?.files[0]))) HTMLFormElement.prototype.submit.call(form);
    keeping = false;
  });
  addEventListener("online", () => flush());
  document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });
  tidyPhotos(place.dataset.store, new Set(store.read().map((entry) => entry.key)));
  flush();
}
