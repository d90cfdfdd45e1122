"""The server, the same on a desk and in production: `gunicorn -c gunicorn.conf.py wsgi:app`."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Thread
from typing import Any

wsgi_app = "wsgi:app"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '5000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_class = "gthread"
preload_app = False
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
proc_name = "gurindam"
loglevel = os.environ.get("LOG_LEVEL", "warning")
accesslog = os.environ.get("ACCESS_LOG") or None
if Path("/dev/shm").is_dir() and os.access("/dev/shm", os.W_OK):
    worker_tmp_dir = "/dev/shm"  # the heartbeat never waits for a disk


def when_ready(server: Any) -> None:
    """Say once where the site is; the workers answer about a second later."""
    print(f"Gurindam: http://{bind} (Ctrl-C stops it)", flush=True)


def post_worker_init(worker: Any) -> None:
    """Start the thread that does the waiting jobs, and make the PDF compiler warm, in each worker."""
    from lms.domain.certificates.pdf import warm_up
    from lms.jobs_thread import start

    if worker.wsgi.config["JOBS_THREAD"]:
        start(worker.wsgi)
    Thread(target=warm_up, name="warm-up", daemon=True).start()
