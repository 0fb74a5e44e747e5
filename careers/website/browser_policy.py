"""What a page of ours may load, run and send to: nothing but this site. The same for every page.

Single sign-on adds its provider to `form-action`, on the page that sends people there and on no other.
"""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF


def browser_policy(*, production: bool) -> dict[str, Any]:
    """The setting CONTENT_SECURITY_POLICY. Behind HTTPS, what is asked for by HTTP is asked for by HTTPS."""
    ours = ("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action")
    nobodys = ("default-src", "frame-ancestors", "base-uri")
    directives: dict[str, Any] = {name: [SELF] for name in ours} | {name: [NONE] for name in nobodys}
    return {"DIRECTIVES": directives | ({"upgrade-insecure-requests": True} if production else {})}
