// What a phone at the door keeps until it is sent: a list in the browser's own storage, for one
// host and one event. Each deed has a key, so that the site does once what is sent twice.
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const kept = (name) => {
  const read = () => {
    try {
      const found = JSON.parse(localStorage.getItem(name) ?? "[]");
      return Array.isArray(found) ? found : [];
    } catch {
      return [];
    }
  };
  const write = (deeds) => deeds.length ? localStorage.setItem(name, JSON.stringify(deeds)) : localStorage.removeItem(name);
  return {
    read,
    add: (deed) => write([...read(), deed]),
    drop: (keys) => write(read().filter((deed) => !keys.has(deed.key))),
  };
};

// "done" with the answer, or why not: "offline", "out" (log in again), "reload" (an old page).
export const send = async (address, deeds) => {
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": document.body.dataset.csrf ?? "" },
      body: JSON.stringify({ deeds }),
    });
  } catch {
    return { state: "offline" };
  }
  if (answer.redirected || [401, 403, 404].includes(answer.status)) return { state: "out" };
  if ([400, 413, 422].includes(answer.status)) return { state: "reload" };
  if (!answer.ok) return { state: "offline" };
  try {
    return { state: "done", ...(await answer.json()) };
  } catch {
    return { state: "offline" };
  }
};
