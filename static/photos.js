// Photos that wait for a connection, in the browser's own database: its storage holds words alone.
// Few and not large, since a phone has little room; what belongs to nothing that waits is thrown out.
const BASE = "inzet-fotos";
const PLACE = "photos";
const LARGEST = 12 * 1024 * 1024; // as the site takes them
const MOST = 4;
const ABANDONED = 60 * 60 * 1000;

const opened = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open(BASE, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(PLACE, { keyPath: "key" });
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = asked.onblocked = () => reject(asked.error);
});

const inside = async (mode, deed) => {
  const base = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const deal = base.transaction(PLACE, mode);
      const asked = deed(deal.objectStore(PLACE));
      deal.oncomplete = () => resolve(asked?.result);
      deal.onerror = deal.onabort = () => reject(deal.error);
    });
  } finally {
    base.close();
  }
};

// True when it is kept. Bytes, since a file on a phone can be gone when it is to be sent.
export const keepPhoto = async (store, key, file) => {
  if (file.size > LARGEST) return false;
  try {
    if (await inside("readonly", (photos) => photos.count()) >= MOST) return false;
    const bytes = await file.arrayBuffer();
    await inside("readwrite", (photos) => photos.put({ key, store, at: Date.now(), name: file.name, type: file.type, bytes }));
    return true;
  } catch {
    return false;
  }
};

export const photoOf = async (key) => {
  try {
    const found = await inside("readonly", (photos) => photos.get(key));
    return found ? new File([found.bytes], found.name, { type: found.type }) : null;
  } catch {
    return null;
  }
};

export const dropPhoto = async (key) => {
  try {
    await inside("readwrite", (photos) => photos.delete(key));
  } catch {
    // no database, so nothing is kept in it
  }
};

// `waiting` are the keys of what still has to be sent for this store.
export const tidyPhotos = async (store, waiting) => {
  try {
    const now = Date.now();
    for (const one of await inside("readonly", (photos) => photos.getAll())) {
      if (one.store === store && !waiting.has(one.key) && now - one.at > ABANDONED) await dropPhoto(one.key);
    }
  } catch {
    // the same
  }
};
