"""Why somebody was not let in by a school's own service, each with what to do about it."""

from __future__ import annotations

WORDS = {
    "declined": "The school's service did not let you in, or you stopped on the way. Try again.",
    "stale": "This took too long, or was begun in another window. Start again from the sign-in page.",
    "unreachable": "The school's service cannot be reached just now. Try again in a minute, or use your password.",
    "odd": "The school's service answered something that cannot be trusted. Tell your careers leader.",
    "key_lost": "The school's service has to be set up again by whoever manages its people.",
    "unverified": "The school's service does not vouch for your e-mail address. Ask the school's IT support.",
    "foreign": "That account is not one of this school's. Choose your school account and try again.",
    "unknown": "Nobody with that account belongs to the school here. Ask your careers leader for an invitation.",
    "changed": (
        "The school's service says that your address belongs to a new account. Ask your careers leader: they can end your role "
        "and invite you again."
    ),
    "closed": "This account is closed. Ask whoever looks after this copy of Trigpoint.",
}


class Refused(Exception):
    """`reason` is a key of WORDS. `detail` is for whoever sets the service up, and names nobody."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail

    @property
    def words(self) -> str:
        return WORDS[self.reason]
