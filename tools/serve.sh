#!/bin/sh
# Serve a real store. The first administrator is made with a one-time code that the app prints here.
bin=$1 store=$2 host=$3 port=$4
echo
echo "  Practicum serves $store at  http://$host:$port   (stop it with Ctrl+C)"
echo "  There are no demonstration people in it. Put it behind a proxy with https before anybody signs in from"
echo "  another machine: without https, passwords cross the network in clear (see docs/deploying.md)."
echo
PRACTICUM_STORE=$store exec "$bin/streamlit" run app.py --server.port "$port" --server.address "$host" --server.headless true
