#!/bin/sh
# Make sure that this Python can make environments; install or say what to type.
python=${1:-python3}
"$python" -c 'import ensurepip, venv' 2>/dev/null && exit 0
line="apt-get install -y python3-venv"
if [ "$(id -u)" = 0 ]; then echo "Installing python3-venv: $line"; apt-get update -qq && $line >/dev/null && exit 0; fi
if sudo -n true 2>/dev/null; then echo "Installing python3-venv: sudo $line"; sudo apt-get update -qq && sudo $line >/dev/null && exit 0; fi
echo "Practicum needs Python's venv module. Please run:  sudo $line" >&2
exit 2
