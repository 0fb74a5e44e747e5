"""Two invented schools to try Trigpoint with (`manage.py load_demonstration`)."""


def how_to_sign_in() -> str:
    """A sentence for whoever starts the server; empty where no demonstration school is here."""
    # Not at the top: this package is imported before its models may be.
    from careers.demonstration.signing_in import first_hint

    return first_hint()
