#!/bin/bash
# Migrate, load the demonstration where the database is empty, and serve until Ctrl-C, with a worker
# beside the site that sends mail and does the periodic work.
set -euo pipefail
cd "$(dirname "$0")/.."
export PORT="${PORT:-5000}"
if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then
    echo "Port $PORT is taken: choose another with  make run PORT=$((PORT + 1))" >&2
    exit 1
fi
.venv/bin/pioneers migrate
loaded=$(.venv/bin/pioneers demo load --if-empty | tee /dev/stderr)
if [ -z "$loaded" ] && .venv/bin/pioneers user list | grep -q demonstration; then
    .venv/bin/pioneers demo accounts
fi
.venv/bin/pioneers worker &
worker=$!
.venv/bin/gunicorn wsgi:app &
site=$!
stop() {
    trap - EXIT INT TERM
    kill "$site" "$worker" 2>/dev/null || true
    wait "$site" "$worker" 2>/dev/null || true
}
trap stop EXIT INT TERM
wait "$site"
