// htmx, without what a strict content security policy forbids. A form that is not valid comes
// back with status 422 and is shown like any other answer.
import htmx from "htmx.org";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.attributesToSettle = ["class", "width", "height"]; // not style, which is forbidden
htmx.config.allowScriptTags = false;
htmx.config.selfRequestsOnly = true;
// Going back asks the server: no page about a patient stays in the browser's storage.
htmx.config.historyCacheSize = 0;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true },
  { code: "[45]..", swap: false, error: true },
];

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

// When a request fails, the page says so in its own words.
const failed = (shown) => {
  const notice = document.querySelector("[data-swap-failed]");
  if (notice) notice.hidden = !shown;
};
document.addEventListener("htmx:beforeRequest", () => failed(false));
document.addEventListener("htmx:responseError", () => failed(true));
document.addEventListener("htmx:sendError", () => failed(true));

export default htmx;
