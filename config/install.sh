#!/bin/sh
# Makes the virtual environment and installs the lock file into it, by hash.
# With uv if it really works; else pip installs the uv that is locked. Used by
# the Makefile.
set -eu
venv=$1
lock=$2

is_3_13() {
    "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null
}

if uv --version >/dev/null 2>&1; then
    is_3_13 "$venv/bin/python" || uv venv --quiet --clear --python 3.13 "$venv"
    exec uv pip install --quiet --python "$venv" --require-hashes --no-deps --requirement "$lock"
fi

for python in "$venv/bin/python" python3.13 python3 python; do
    if is_3_13 "$python"; then
        found=$python
        break
    fi
done
if [ -z "${found:-}" ]; then
    echo "Python 3.13 is needed, or uv, which brings its own. Neither was found." >&2
    exit 1
fi
[ "$found" = "$venv/bin/python" ] || "$found" -m venv --clear "$venv"
echo "Installing the locked packages. This happens once."
"$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$venv/bin/python" -m ensurepip --upgrade >/dev/null
sed -n '/^uv==/,/^    # via/p' "$lock" >"$venv/uv.lock"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
    --require-hashes --no-deps --requirement "$venv/uv.lock"
exec "$venv/bin/uv" pip install --quiet --python "$venv" --require-hashes --no-deps \
    --requirement "$lock"
