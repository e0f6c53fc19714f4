// What a session may use of this device, by its checkboxes, remembered on the device.

const KEY = "senses";

// Without storage (a private window, a full disk) a choice holds for this page.
function attempt(what) {
  try {
    return what();
  } catch {
    return undefined;
  }
}

export class Settings {
  // ``told`` hears of each change: the name, and whether it is on.
  constructor(place, told) {
    this.place = place;
    const remembered = attempt(() => JSON.parse(localStorage.getItem(KEY))) ?? {};
    for (const box of place?.querySelectorAll("[data-sense]") ?? []) {
      box.checked = remembered[box.dataset.sense] ?? box.checked;
      box.addEventListener("change", () => {
        this.remember();
        told(box.dataset.sense, box.checked);
      });
    }
  }

  box(name) {
    return this.place?.querySelector(`[data-sense="${name}"]`);
  }

  // What the device does not have is off, whatever was chosen.
  isOn(name) {
    const box = this.box(name);
    return Boolean(box?.checked && !box.closest("[data-sense-row]").hidden);
  }

  offer(name, isThere) {
    const box = this.box(name);
    if (!box) return;
    box.closest("[data-sense-row]").hidden = !isThere;
    this.place.hidden = !this.place.querySelector("[data-sense-row]:not([hidden])");
  }

  remember() {
    const boxes = [...this.place.querySelectorAll("[data-sense]")];
    const chosen = Object.fromEntries(boxes.map((box) => [box.dataset.sense, box.checked]));
    attempt(() => localStorage.setItem(KEY, JSON.stringify(chosen)));
  }
}
