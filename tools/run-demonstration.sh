#!/bin/sh
# Make the demonstration store when it is missing, say how to sign in, start the app.
bin=$1 store=$2 port=$3
if [ ! -f "$store" ]; then
  echo "Making a demonstration with invented people (about 20 seconds, once) ..."
  "$bin/python" -m analytics.demonstration --store "$store" || exit 1
fi
echo
echo "  Practicum runs at  http://localhost:$port   (stop it with Ctrl+C)"
echo "  This is a demonstration: all people are invented. The sign-in page lists the accounts; for example"
"$bin/python" -m analytics.demonstration --list | sed 's/^/    /'
echo
PRACTICUM_STORE=$store exec "$bin/streamlit" run app.py --server.port "$port" --server.address 127.0.0.1 --server.headless true
