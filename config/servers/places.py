"""Where a server keeps its files, and as whom it runs.

PostgreSQL refuses to run as root. Started by root it gets a user of its own,
who must be able to reach both the data folder and the programs; a clone under a
private home or temporary folder allows neither.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SERVER_USER = "embedded_postgres"
SHARED = Path("/var/tmp")  # noqa: S108  open to every user and kept over a restart
LONGEST_SOCKET = 103  # bytes: the shorter of Linux's and macOS's limits


class Refused(Exception):
    """Something only the person can mend; the message is one clear line."""


@dataclass(frozen=True)
class Running:
    """A server that answers: its addresses by the variables they go into, and what it is."""

    addresses: dict[str, str]
    described: str


@dataclass(frozen=True)
class Account:
    """The system account a server runs under; None where it runs as ourselves."""

    uid: int
    gid: int

    @property
    def popen(self) -> dict[str, object]:
        """How ``subprocess`` is told. The working folder is one that anybody may enter."""
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}

    def can(self, test: str, path: Path) -> bool:
        """Whether this account may read (``-r``), write (``-w``) or enter (``-x``) a path."""
        command = ["/bin/sh", "-c", f'test {test} "$0"', str(path)]
        return subprocess.run(command, check=False, **self.popen).returncode == 0  # type: ignore[call-overload, no-any-return]  # noqa: S603


def account_for(data: Path) -> Account | None:
    """The owner of data that exists, else the servers' own user; None unless we are root."""
    if os.geteuid() != 0:
        return None
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    entry = server_user()
    return Account(entry.pw_uid, entry.pw_gid)


def server_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        pass
    command = ["useradd", "--system", "--no-create-home", "--shell", "/bin/false", SERVER_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return pwd.getpwnam("nobody")
    return pwd.getpwnam(SERVER_USER)


def own_folder(folder: Path, account: Account | None) -> Path:
    """A private folder that belongs to the account; made if need be."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if account and folder.stat().st_uid != account.uid:
        os.chown(folder, account.uid, account.gid)
    return folder


def shared_folder(for_path: Path) -> Path:
    """A folder that any account can reach, the same one each time for one path."""
    digest = hashlib.sha256(bytes(for_path)).hexdigest()[:12]
    folder = SHARED / f"homestretch-{digest}"
    folder.mkdir(mode=0o755, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise Refused(f"{folder} belongs to somebody else. Set DATA_DIR to another folder.")
    folder.chmod(0o755)
    return folder


def copy_for_all(folders: list[Path], *, to: Path) -> None:
    """Copy program folders, once, to where every account may run them."""
    if to.exists():
        return
    making = to.with_name(f"{to.name}.{os.getpid()}")
    for folder in folders:
        shutil.copytree(folder, making / folder.name)
    for path in [making, *making.rglob("*")]:
        runs = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if runs else 0o644)
    making.rename(to)


def package_folder(name: str) -> Path:
    """Where a wheel keeps its files. It is not imported: only its programs are wanted."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise Refused(f"The package {name} is not installed. Run `make` from the project's folder.")
    return Path(spec.submodule_search_locations[0])


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Two starts in one folder take turns, so that the second finds the first's servers."""
    with (folder / "servers.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
