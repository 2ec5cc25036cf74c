#!/usr/bin/env bash
# Installs Debian packages where that is allowed, else says exactly what to run, and fails.
set -euo pipefail

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 1; fi
}

if command -v apt-get >/dev/null; then
  echo "Installing from the system's packages: $*"
  if as_root apt-get update -qq >/dev/null &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; then
    exit 0
  fi
fi
echo "Missing: $*. Install with: sudo apt-get install --no-install-recommends $*" >&2
exit 1
