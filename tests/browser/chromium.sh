#!/usr/bin/env bash
# Prints the path of a Chromium: $CHROMIUM, one on the PATH, or Debian's, installed where this user may.
set -euo pipefail

fail() {
  echo "The browser tests need Chromium: $1" >&2
  exit 1
}

if [ -n "${CHROMIUM:-}" ]; then
  command -v "$CHROMIUM" || fail "CHROMIUM=$CHROMIUM is not a program."
  exit
fi

find_one() {
  command -v chromium || command -v chromium-browser || command -v google-chrome
}

find_one && exit

if [ "$(id -u)" -ne 0 ]; then
  fail "install your system's package 'chromium' as root, or set CHROMIUM=/path/to/it."
fi
if ! command -v apt-get >/dev/null; then
  fail "there is no apt-get here to install it with; install it, or set CHROMIUM=/path/to/it."
fi
echo "installing Debian's chromium" >&2
{
  apt-get update --quiet
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends chromium
} >&2 || fail "apt-get could not install it."
find_one || fail "apt-get installed no program of that name."
