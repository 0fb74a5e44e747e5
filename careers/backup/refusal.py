"""Why a backup was not made or not put back."""


class BackupRefused(Exception):
    """Its text is one or two sentences: what was found, and what to do. It holds nothing from anybody's record."""
