// Which time zone this device is in, and whether its clock is another than that of a zone.

const WEEKS = 4; // ahead: two clocks that agree for so long are one
const WEEK = 7 * 24 * 60 * 60 * 1000; // ms

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
export const city = zone.split("/").at(-1).replaceAll("_", " ");

function clockOf(timeZone) {
  try {
    return new Intl.DateTimeFormat("en", { timeZone, dateStyle: "short", timeStyle: "short" });
  } catch {
    return undefined; // a name that this browser does not know
  }
}

// ``names``: every name of one zone, since a browser may know only some of them.
export function isElsewhere(names) {
  const here = clockOf(zone || undefined);
  const there = names.map(clockOf).find(Boolean);
  if (!zone || names.includes(zone) || !there) return false;
  const moments = Array.from({ length: WEEKS + 1 }, (_, n) => Date.now() + n * WEEK);
  return moments.some((at) => here.format(at) !== there.format(at));
}
