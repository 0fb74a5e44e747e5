"""How collected static files are kept: each under a name that holds its digest, and compressed."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Rewrites `import` lines of scripts as well, which the design system's own script needs."""

    support_js_module_import_aggregation = True
