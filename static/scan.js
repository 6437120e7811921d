// Scanning guests' codes with the camera, where the browser can read codes itself. Elsewhere the
// page says to use the phone's own camera, and a code can always be typed.
import { newKey, send } from "./door.js";

const page = document.querySelector("[data-scan]");
const GUEST = /\/g\/([0-9a-z]+-[0-9a-z]+)$/;
const EVERY = 250;
const REST = 4000; // the same code is not read again at once

const readable = async () => {
  if (!("BarcodeDetector" in globalThis) || !navigator.mediaDevices) return false;
  return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
};

const begin = async () => {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const video = page.querySelector("[data-video]");
  const result = page.querySelector("[data-result]");
  const seen = new Map();
  let busy = false;

  const tell = (text, kind) => {
    const box = document.createElement("p");
    box.textContent = text;
    box.className = `notice notice-${kind}`;
    result.replaceChildren(box);
  };

  const letIn = async (token) => {
    const answer = await send(page.dataset.sync, [{ kind: "scan", key: newKey(), at: new Date().toISOString(), token }]);
    if (answer.state !== "done") {
      seen.delete(token);
      return tell(answer.state === "offline" ? page.dataset.failed : page.dataset.out, "wrong");
    }
    const one = answer.results[0];
    tell(one.words, one.status !== "done" ? "wrong" : one.result === "was_in" ? "warn" : "good");
  };

  const look = async () => {
    if (busy || video.readyState < 2) return;
    busy = true;
    try {
      for (const code of await detector.detect(video)) {
        const token = GUEST.exec(code.rawValue)?.[1] ?? "";
        if (Date.now() - (seen.get(token) ?? 0) < REST) continue;
        seen.set(token, Date.now());
        if (token) await letIn(token);
        else tell(page.dataset.strange, "wrong");
      }
    } finally {
      busy = false;
    }
  };

  page.querySelector("[data-start]").addEventListener("click", async (event) => {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      await video.play();
      event.target.hidden = true;
      setInterval(look, EVERY);
    } catch {
      page.querySelector("[data-denied]").hidden = false;
    }
  });
  page.querySelector("[data-camera]").hidden = false;
  page.querySelector("[data-no-camera]").hidden = true;
};

if (page && await readable()) begin();
