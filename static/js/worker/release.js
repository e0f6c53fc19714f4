// Which release this worker is of, and whose addresses are whose. The server writes RELEASE in front
// of this script: { release, shell, static, notices, today, leadsToToday, withoutNetwork,
// clinic, own }.
export const { RELEASE } = self;

export const CLINICS_FILES = `${RELEASE.static}clinic.`; // its style sheet, its script
const FILES = ["/today/", "/clinics/"]; // pictures, motions, photos and logos lie below these

/** The clinic's side: its pages and their files. A patient's own settings are not of it. */
export function isClinics({ pathname }) {
  const isBelow = (address) => pathname.startsWith(address);
  if (isBelow(CLINICS_FILES)) return true;
  return !isBelow(RELEASE.own) && RELEASE.clinic.some(isBelow);
}

/** A file that is nobody's: a style sheet, a script, the words of notices. */
export const isOfSite = ({ pathname }) =>
  [RELEASE.static, RELEASE.notices].some((address) => pathname.startsWith(address));

export const mayBeKept = ({ pathname }) => FILES.some((address) => pathname.startsWith(address));
