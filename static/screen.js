// The number of people on the projected page. It is asked without a cookie: a screen that is left
// on keeps nobody logged in.
const address = document.body.dataset.countFrom;
const EVERY = 15_000;

const ask = async () => {
  try {
    const answer = await fetch(address, { credentials: "omit" });
    if (answer.ok) document.querySelector("[data-count]").textContent = (await answer.json()).inside;
  } catch {
    // the next time
  }
};

if (address) setInterval(ask, EVERY);
