#!/bin/bash
# Migrate, load the demonstration where the database is empty, and serve until Ctrl-C.
set -euo pipefail
cd "$(dirname "$0")/.."
export PORT="${PORT:-5000}"
if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then
    echo "Port $PORT is taken: choose another with  make run PORT=$((PORT + 1))" >&2
    exit 1
fi
.venv/bin/pioneers migrate
.venv/bin/pioneers demo load --if-empty
exec .venv/bin/gunicorn wsgi:app
