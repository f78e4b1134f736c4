#!/bin/sh
# The browser tests need Debian's chromium and a font with many scripts; install them or say what to type.
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
[ -d /usr/share/fonts/truetype/noto ] || missing="$missing fonts-noto-core"
[ -z "$missing" ] && exit 0
line="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then echo "Installing for the tests: $line"; apt-get update -qq && DEBIAN_FRONTEND=noninteractive $line >/dev/null && exit 0; fi
if sudo -n true 2>/dev/null; then
  echo "Installing for the tests: sudo $line"
  sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive $line >/dev/null && exit 0
fi
echo "The browser tests need packages of Debian. Please run:  sudo $line" >&2
exit 2
