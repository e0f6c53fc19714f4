"""Which Chromium the journeys run in.

``python -m tests.browser`` finds one or installs one, and says which; the
journeys then only look for it. Without one they fail: nothing is skipped.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")

# Nothing but the pages under test may use the network. A container lets root
# have no sandbox of its own.
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]


def main() -> int:
    path = installed() or from_debian() or from_playwright()
    if path is None:
        print(
            "No Chromium: install `chromium` or Google Chrome, or run"
            " `.venv/bin/playwright install --with-deps chromium`.",
            file=sys.stderr,
        )
        return 1
    print(f"{version(path)}, {path}")
    return 0


def chromium() -> Path:
    """The browser to launch; fails with one line where there is none."""
    path = installed()
    assert path, "No Chromium is installed. `python -m tests.browser` installs one."
    return path


def installed() -> Path | None:
    """One from the path, else Playwright's own; only if it really starts."""
    for name in NAMES:
        if (found := shutil.which(name)) and version(Path(found)):
            return Path(found)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() and version(own) else None


def version(path: Path) -> str:
    """``Chromium 140.0…``; empty if it does not start."""
    try:
        done = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def from_debian() -> Path | None:
    """Debian's package, where we may install it."""
    if os.geteuid() != 0 or not Path("/etc/debian_version").exists():
        return None
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        print(f"No Chromium is installed: apt-get {' '.join(words)}")
        subprocess.run(
            ["apt-get", "--quiet", "--quiet", *words], env=os.environ | quiet, check=False
        )
    return installed()


def from_playwright() -> Path | None:
    """Playwright's own build."""
    print("No Chromium is installed: playwright install chromium")
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return installed()


if __name__ == "__main__":
    sys.exit(main())
