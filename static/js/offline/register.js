// The worker is there from a patient's first page on, and looks now and then at what is to be kept.
import { person } from "../person.js";
import { watch } from "./newer.js";

const worker = document.querySelector("meta[name=worker]")?.content; // none while it is switched off

const whenIdle = (act) =>
  globalThis.requestIdleCallback
    ? requestIdleCallback(act, { timeout: 5000 })
    : setTimeout(act, 2000);

async function start() {
  const registration = await navigator.serviceWorker.register(worker);
  watch(registration);
  const { active } = await navigator.serviceWorker.ready;
  whenIdle(() => active.postMessage({ do: "keep" }));
}

if (person && worker && "serviceWorker" in navigator) {
  const begin = () => start().catch(() => undefined); // without storage each page works as before
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin, { once: true });
}
