// The worker is there from a patient's first page on.
import { person } from "../person.js";

if (person && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("/worker.js").catch(() => undefined);
}
