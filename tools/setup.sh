#!/usr/bin/env bash
# Makes .venv with picensus in it: `setup.sh demo` to run it, `setup.sh dev` to test it too,
# `setup.sh all` to test it with what is large;
# `setup.sh lowest` makes .venv-lowest, with the oldest versions that are admitted.
# Does nothing where that is done already for the present pyproject.toml.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=.venv
case "${1:-}" in
  demo) what=(--editable .) ;;
  dev) what=(--editable ".[dev,postgresql,mysql,duckdb,clickhouse,hive,avro,s3,sftp,http,7z,pdf,ner]") ;;
  all) what=(--editable ".[dev,heavy,postgresql,mysql,duckdb,clickhouse,hive,avro,s3,sftp,http,7z,pdf,ocr,ner]") ;;
  lowest) venv=.venv-lowest what=(--editable . -r tools/lowest.txt pytest pytest-timeout hypothesis chdb) ;;
  *) echo "usage: tools/setup.sh demo|dev|all|lowest" >&2; exit 2 ;;
esac

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python=""
for name in "${PYTHON:-}" python3.13 python3.12 python3.11 python3; do
  if [ -n "$name" ] && command -v "$name" >/dev/null && fits "$name"; then python=$name; break; fi
done
if [ -z "$python" ]; then
  echo "picensus needs Python 3.11 or newer: install it, or name it with PYTHON=/path/to/python" >&2
  exit 1
fi

if ! { [ -x $venv/bin/python ] && fits $venv/bin/python && $venv/bin/python -m pip --version >/dev/null 2>&1; }; then
  echo "Setting up $venv with $($python --version) ..."
  rm -rf $venv
  if ! "$python" -m venv $venv >/dev/null 2>&1; then
    # Debian's Python comes without the venv module.
    tools/packages.sh "$("$python" -c 'import sys; print(f"python3.{sys.version_info.minor}-venv")')"
    rm -rf $venv
    "$python" -m venv $venv
  fi
fi

stamp="$venv/.installed-$1"
wanted="$(cat pyproject.toml tools/lowest.txt | cksum) $PWD"
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
  echo "Installing picensus and what it needs (a minute or two) ..."
  $venv/bin/python -m pip install --quiet --disable-pip-version-check "${what[@]}"
  echo "$wanted" >"$stamp"
fi
