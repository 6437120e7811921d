"""How gunicorn serves the site; each value can be set in the environment (docs/operations.md)."""

import os
from typing import Any

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '5000')}")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
limit_request_line = 8190  # so that a long question gets our own answer
timeout = 120  # seconds: the largest import that the site takes is written in one request
graceful_timeout = 30
max_requests = 5000  # a worker is renewed after so many, give or take, whatever it has gathered
max_requests_jitter = 500
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108


def when_ready(_server: Any) -> None:
    """Say where the site is."""
    print(f"The site is at http://{bind}/ (Ctrl-C stops it)", flush=True)
