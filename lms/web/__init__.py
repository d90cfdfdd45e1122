"""HTTP: pages by audience (public, learner, trainer, hr, admin), access, errors, security."""

from __future__ import annotations

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from lms.web import access, context, errors, external, fragments, health, security
from lms.web.addresses import RowId
from lms.web.admin import admin
from lms.web.assets import init_assets
from lms.web.hr import hr
from lms.web.learner import LEARNER
from lms.web.oversize import init_oversize
from lms.web.parts import init_parts
from lms.web.public import PUBLIC
from lms.web.templating import init_templating
from lms.web.trainer import trainer
from lms.web.typed import SeenPath, SeenText, TypedRequest


def init_web(app: Flask) -> None:
    """Register everything that answers HTTP."""
    app.config.setdefault(
        "COMPRESS_MIMETYPES", ["text/html", "text/css", "application/json", "image/svg+xml"]
    )
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    app.config.setdefault("COMPRESS_BR_LEVEL", 3)  # measured: docs/kinerja.md
    app.config.setdefault("COMPRESS_LEVEL", 4)  # gzip
    Compress(app)
    app.request_class = TypedRequest
    access.init_access(app)
    external.init_external(app)
    security.init_security(app)
    errors.init_errors(app)
    init_oversize(app)
    init_templating(app)
    context.init_context(app)
    fragments.init_fragments(app)
    converters = {"int": RowId, "default": SeenText, "string": SeenText, "path": SeenPath}
    app.url_map.converters.update(converters)
    for blueprint in (health.health, *PUBLIC, *LEARNER, trainer, hr, admin):
        app.register_blueprint(blueprint)
    init_parts(app)
    init_assets(app)
    hops = int(app.config["TRUSTED_PROXIES"])
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
