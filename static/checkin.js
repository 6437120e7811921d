// Ticking at the door. A tick is on the page at once and in the browser's storage; it is sent when
// there is a connection, also after the page was loaded anew. Without this every button sends.
import { kept, newKey, send } from "./door.js";

const page = document.querySelector("[data-checkin]");
const AT_ONCE = 100;
const PAUSES = [2000, 5000, 10000, 20000];

if (page) {
  const store = kept(page.dataset.store);
  const list = page.querySelector("[data-list] ul");
  const field = page.querySelector("#zoek-gast");
  let busy = false;
  let failures = 0;
  let timer;

  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").trim();
  const clock = () => {
    const shown = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" });
    return page.dataset.locale === "nl" ? shown.replace(":", ".") : shown;
  };
  const rowOf = (id) => list.querySelector(`[data-id="${CSS.escape(String(id))}"]`);
  const words = (element, name, text) => element.querySelectorAll(`[data-${name}]`).forEach((each) => { each.textContent = text; });
  const show = (name, shown) => { page.querySelector(`[data-${name}]`).hidden = !shown; };

  const addRow = (guest) => {
    const row = page.querySelector("[data-row]").content.firstElementChild.cloneNode(true);
    row.id = `gast-${guest.id}`;
    row.dataset.id = guest.id;
    row.dataset.keys = "";
    row.querySelectorAll("button").forEach((button) => { button.value = guest.id; });
    const select = row.querySelector("select");
    select.id = `gasten-${guest.id}`;
    select.name = `guests-${guest.id}`;
    row.querySelector("label").htmlFor = select.id;
    list.append(row);
    return row;
  };

  const draw = (guest) => {
    const row = rowOf(guest.id) ?? addRow(guest);
    words(row, "name", guest.name);
    words(row, "note", guest.note);
    words(row, "since", guest.since);
    row.dataset.sought = guest.sought;
    row.dataset.keys = guest.keys.join(" ");
    row.toggleAttribute("data-inside", guest.inside);
    const select = row.querySelector("select");
    if (select) select.value = String(guest.inside ? guest.along : guest.guests);
  };

  // What is not sent yet, on top of what the site knows.
  const imagine = (deed) => {
    if (deed.kind === "new") {
      const id = `nieuw-${deed.key}`;
      draw({ id, name: deed.name, note: deed.company, since: deed.shown, sought: fold(`${deed.name} ${deed.company}`), keys: [deed.key], inside: true, guests: 0, along: 0 });
    }
    const row = rowOf(deed.kind === "new" ? `nieuw-${deed.key}` : deed.registration ?? deed.row);
    if (!row) return;
    if (deed.kind === "in") {
      row.dataset.keys = `${row.dataset.keys} ${deed.key}`.trim();
      if (!row.hasAttribute("data-inside")) words(row, "since", deed.shown);
    }
    if (deed.kind === "in" || deed.kind === "undo") row.toggleAttribute("data-inside", deed.kind === "in");
    row.querySelector("[data-unsent]").hidden = false;
  };

  const count = () => {
    const rows = [...list.children];
    const inside = rows.filter((row) => row.hasAttribute("data-inside"));
    const along = inside.reduce((sum, row) => sum + (row.querySelector(".guest-along:not([hidden])") ? Number(row.querySelector("select").value) : 0), 0);
    words(document, "inside-count", inside.length);
    words(document, "expected-count", rows.length);
    words(document, "heads-count", inside.length + along);
    document.querySelector("[data-heads]").hidden = along === 0;
  };

  const seek = () => {
    const sought = fold(field.value);
    let found = 0;
    for (const row of list.children) {
      row.hidden = !sought.split(/\s+/).every((word) => (row.dataset.sought ?? "").includes(word));
      found += row.hidden ? 0 : 1;
    }
    const nobody = page.querySelector("[data-nobody]");
    if (nobody) nobody.hidden = found > 0 || list.children.length === 0;
  };

  const say = (state) => {
    const waiting = store.read().length;
    words(page, "unsent-count", waiting);
    for (const name of ["offline", "out", "reload"]) show(name, state === name && waiting > 0);
  };

  const refuse = (results) => {
    const refused = results.filter((one) => one.status !== "done").map((one) => one.words);
    if (!refused.length) return;
    page.querySelector("[data-refused] p").textContent = [...new Set(refused)].join(" ");
    show("refused", true);
  };

  const redraw = (room) => {
    const known = new Set(room.guests.map((guest) => String(guest.id)));
    for (const row of [...list.children]) if (!known.has(row.dataset.id)) row.remove();
    for (const guest of room.guests) draw(guest);
    list.querySelectorAll("[data-unsent]").forEach((tag) => { tag.hidden = true; });
    store.read().forEach(imagine);
    count();
    seek();
  };

  const flush = async () => {
    clearTimeout(timer);
    const deeds = store.read().slice(0, AT_ONCE);
    if (busy || !deeds.length) return say("done");
    busy = true;
    const answer = await send(page.dataset.sync, deeds);
    busy = false;
    if (answer.state === "done") {
      failures = 0;
      store.drop(new Set(deeds.map((deed) => deed.key)));
      refuse(answer.results);
      redraw(answer.room);
      say("done");
      if (store.read().length) flush();
    } else {
      say(answer.state);
      if (answer.state === "offline") timer = setTimeout(flush, PAUSES[Math.min(failures++, PAUSES.length - 1)]);
    }
  };

  const act = (deed) => {
    const whole = { key: newKey(), at: new Date().toISOString(), shown: clock(), ...deed };
    store.add(whole);
    imagine(whole);
    count();
    flush();
  };

  page.querySelector("[data-list]").addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button) return;
    const row = button.closest(".guest");
    const select = row.querySelector(".guest-along:not([hidden]) select");
    // A newcomer that was not sent yet has no number; it is known by its key.
    const keys = row.dataset.keys.split(" ").filter(Boolean);
    const who = /^\d+$/.test(row.dataset.id) ? { registration: Number(row.dataset.id) } : { row: row.dataset.id, undoes: keys };
    event.preventDefault();
    if (button.name === "in") act({ kind: "in", ...who, guests: select ? Number(select.value) : 0 });
    if (button.name === "undo") act({ kind: "undo", ...who, undoes: keys });
    if (button.name === "guests") act({ kind: "guests", ...who, guests: Number(select.value) });
    const next = row.querySelector(button.name === "in" ? ".guest-undo" : ".guest-tick");
    if (button.name !== "guests") next.focus({ preventScroll: true });
    if (button.name === "in" && field.value) {
      field.value = "";
      seek();
      field.focus({ preventScroll: true });
    }
  });
  list.addEventListener("change", (event) => {
    const row = event.target.closest(".guest");
    if (row.hasAttribute("data-inside") && /^\d+$/.test(row.dataset.id)) act({ kind: "guests", registration: Number(row.dataset.id), guests: Number(event.target.value) });
    else count();
  });
  page.querySelector("[data-new]").addEventListener("submit", (event) => {
    const form = event.target;
    const given = Object.fromEntries(["name", "company", "email"].map((name) => [name, form.elements[name].value.trim()]));
    const mailbox = form.elements.email;
    if (!given.name || !given.company || !mailbox.checkValidity()) return; // the site says what is wrong
    event.preventDefault();
    act({ kind: "new", ...given });
    form.reset();
    form.closest("details").open = false;
    field.focus({ preventScroll: true });
  });
  page.querySelector("[data-seek]").addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", seek);
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });

  page.querySelectorAll("[data-plain], .guest-save").forEach((button) => { button.hidden = true; });
  page.querySelector("[data-row]").content.querySelector(".guest-save").hidden = true;
  store.read().forEach(imagine);
  if (store.read().length) count();
  seek();
  flush();
}
