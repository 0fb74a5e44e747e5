"""How often one address, account or person may try what could be guessed at or flooded: a number, a time and whose."""

from __future__ import annotations

RATE_LIMITS = {
    # A whole school is often behind one address, so the account is counted first: tries that are refused for its sake
    # are not counted against the address, and one person who has forgotten a password keeps nobody else out.
    "login": "300/m/ip",
    "login_failed": "5/5m/key,60/m/ip",
    "reset_password": "5/h/key,60/m/ip",
    "reset_password_from_key": "60/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    # A school lets in its whole staff on one afternoon; a link has 256 bits, so guessing is slow whatever the limit.
    "invite": "300/h/user",
    "open_invitation": "60/m/ip",
    # Calendar programs ask every few minutes, and many ask from one address of the service they belong to.
    "open_calendar": "120/m/ip",
    "school_service": "120/m/ip",
    # Codes on posters that open nothing: a class that mistypes one, and not somebody who tries them all.
    "code_of_nothing": "120/m/ip",
    # Providers asking a school for access, who are strangers to it: so many from one place, and so many of one school.
    "ask_for_access": "20/h/ip,60/h/key",
    # Anybody may type anybody's address there: whoever it belongs to is written to so often a day, by all schools together.
    "confirm_access": "2/d/key",
}
