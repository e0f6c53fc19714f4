// Put on the home screen, the site has no bar with a way back: a PDF that took the place of the
// page would be a dead end. There it is handed over as a file, and the page stays.

export const isInstalled =
  matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;

if (isInstalled) {
  for (const link of document.querySelectorAll("[data-pdf]")) {
    const address = new URL(link.href);
    address.searchParams.set("as", "file");
    link.href = address;
  }
}
