// A browser of a phone's size in which a patient is signed in.
import puppeteer from "puppeteer-core";

// Puppeteer would keep hidden tabs awake; a phone does not.
const KEEPS_HIDDEN_TABS_AWAKE = [
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
];
const PHONE = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const PATIENCE = 60_000; // ms

export function open({ chromium, args }) {
  return puppeteer.launch({
    executablePath: chromium,
    args: [...args, "--ignore-certificate-errors"],
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
