// What the site itself consists of: style sheet, scripts, icons, and the page that says that there
// is no network. Nothing in it is anybody's: it is fetched as nobody.
import { CLINICS_FILES, RELEASE } from "./release.js";

const SHELL = "shell-";
const KEPT = "kept-";
const OWN = `${SHELL}${RELEASE.release}`;

const channel = new BroadcastChannel("offline");

async function fill() {
  const shell = await caches.open(OWN);
  await shell.addAll(RELEASE.shell.map((url) => new Request(url, { credentials: "omit" })));
  // Where a worker is at work already, this one waits until it is told to take over: a page that is
  // open goes on with what it was opened with.
  if (self.registration.active) channel.postMessage({ newer: true });
}

// A browser that knows such rules leaves the clinic's side alone without even starting the worker.
function leaveTheClinicAlone(event) {
  const below = (address, source) => ({
    condition: { urlPattern: { pathname: `${address}*` } },
    source,
  });
  event.addRoutes?.([
    below(RELEASE.own, "fetch-event"),
    ...[...RELEASE.clinic, CLINICS_FILES].map((address) => below(address, "network")),
  ]);
}

export function install(event) {
  event.waitUntil(fill());
  leaveTheClinicAlone(event);
}

export const fromShell = async (what) => (await caches.open(OWN)).match(what, { ignoreVary: true });

export const withoutNetwork = () => fromShell(RELEASE.withoutNetwork);

/** Not while a newer worker is coming: what is not this one's may be that one's. */
export async function dropOldShells() {
  const { installing, waiting } = self.registration;
  if (installing || waiting) return;
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(SHELL) && name !== OWN);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** Pages that were kept under an older release need its files until they are fetched again. */
export async function dropOldShellsUnlessNeeded() {
  const names = await caches.keys();
  if (!names.some((name) => name.startsWith(KEPT))) await dropOldShells();
}
