// A browser of a phone's size in which a patient is signed in.
import { createHash } from "node:crypto";
import { connect } from "node:tls";

import puppeteer from "puppeteer-core";

// Puppeteer would keep hidden tabs awake; a phone does not.
const KEEPS_HIDDEN_TABS_AWAKE = [
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
];
const PHONE = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const PATIENCE = 60_000; // ms

// Nobody has signed the site's certificate. Its key is trusted, as a signed one's would be: a browser
// that only overlooks the error keeps no file of such a site, and asks for each again.
function keyOf(site) {
  const { hostname, port } = new URL(site);
  return new Promise((resolve, reject) => {
    const connection = connect(
      { host: hostname, port, servername: hostname, rejectUnauthorized: false },
      () => {
        const { publicKey } = connection.getPeerX509Certificate();
        const bytes = publicKey.export({ type: "spki", format: "der" });
        connection.end();
        resolve(createHash("sha256").update(bytes).digest("base64"));
      },
    );
    connection.on("error", reject);
  });
}

export async function open({ chromium, args, site }) {
  return puppeteer.launch({
    executablePath: chromium,
    args: [...args, `--ignore-certificate-errors-spki-list=${await keyOf(site)}`],
    ignoreDefaultArgs: KEEPS_HIDDEN_TABS_AWAKE,
    defaultViewport: PHONE,
  });
}

export async function newPage(browser) {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  return page;
}

export async function signIn(browser, { site, email, password }) {
  const page = await newPage(browser);
  await page.goto(`${site}/accounts/login/`);
  await page.type("[name=login]", email);
  await page.type("[name=password]", password);
  await Promise.all([page.waitForNavigation(), page.click("main form [type=submit]")]);
  if (page.url().includes("/login/")) throw new Error(`${email} could not sign in`);
  await page.close();
}
