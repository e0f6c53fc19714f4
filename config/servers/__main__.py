"""The command line: ``python -m config.servers run [--throw-away] -- COMMAND…``."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from config.servers import broker, postgres, processes
from config.servers.places import Refused, one_at_a_time

PROJECT = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    arguments = parsed(sys.argv[1:])
    processes.end_on(signal.SIGTERM, signal.SIGHUP)
    try:
        return run(arguments.command, throw_away=arguments.throw_away)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def parsed(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m config.servers")
    verbs = parser.add_subparsers(required=True)
    run_verb = verbs.add_parser("run", help="bring the servers, run a command, stop them")
    run_verb.add_argument(
        "--throw-away", action="store_true", help="new, empty servers, deleted at the end"
    )
    run_verb.add_argument("command", nargs=argparse.REMAINDER, metavar="-- COMMAND")
    arguments = parser.parse_args(words)
    arguments.command = arguments.command[1 if arguments.command[:1] == ["--"] else 0 :]
    if not arguments.command:
        parser.error("which command?")
    return arguments


def run(command: list[str], *, throw_away: bool) -> int:
    """Run the command while its servers run; its exit code. All is stopped on the way out."""
    with ExitStack() as stack:
        data_dir = stack.enter_context(data_folder(throw_away=throw_away))
        environment = os.environ | {"DATA_DIR": str(data_dir)}
        with one_at_a_time(data_dir):
            for server in (postgres.server, broker.server):
                running = stack.enter_context(server(data_dir, keep=not throw_away))
                environment |= running.addresses
                print(running.described, flush=True)
        return processes.attend(command, environment)


@contextmanager
def data_folder(*, throw_away: bool) -> Iterator[Path]:
    """DATA_DIR (``var/``), or a folder that is gone afterwards."""
    if not throw_away:
        folder = Path(os.environ.get("DATA_DIR") or PROJECT / "var").resolve()
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    folder = Path(tempfile.mkdtemp(prefix="homestretch-"))
    folder.chmod(0o755)  # the servers' accounts pass through; their own folders are private
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
