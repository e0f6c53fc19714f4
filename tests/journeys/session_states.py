"""Every state of a led session, shown by its attributes, as the script sets them."""

from collections.abc import Iterator

from playwright.sync_api import Page

# What is going on: state, and what else is so; of advice, the answer to how much it hurts.
GOING_ON = ["ready", "count", "beat", "offer", "set_rest", "between", "paused"]
QUESTIONS = ["resume", "hurt", "advice", "skip", "leave", "elsewhere", "end"]
IS = {
    "ready": ["", "optional"],
    "beat": ["longer held", "longer early"],
    "offer": ["repetition", "set", "minutes"],
    "between": ["", "optional"],
    "advice": ["low", "some", "much"],
    "skip": ["untouched", "begun"],
    "end": ["sending", "unsent", "changed nothing", "changed unsent"],
}
SHOW = """([state, is]) => {
    const root = document.querySelector("[data-session]");
    const advice = state === "advice" ? is : "";
    Object.assign(root.dataset, { state, is, advice, phase: "hold", exercise: 1 });
    root.style.setProperty("--share", "0.4");
    const filled = {
        cue: "Right leg · set 2 of 3 · 2 of 3 · hold", seconds: "18", count: "3",
        place: "Exercise 2 of 3", "next-name": "Lying hamstring stretch",
    };
    for (const [name, words] of Object.entries(filled)) {
        for (const place of root.querySelectorAll(`[data-${name}]`)) place.textContent = words;
    }
    scrollTo(0, 0);
}"""


def states() -> Iterator[tuple[str, str]]:
    """Each state, with each that may be so in it."""
    for state in [*GOING_ON, *QUESTIONS]:
        for what in IS.get(state, [""]):
            yield state, what


def show(page: Page, state: str, what: str = "") -> str:
    """Its name for a report."""
    page.evaluate(SHOW, [state, what])
    return f"{state} {what}".strip()
