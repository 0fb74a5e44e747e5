"""What each page of the sign-in library answers to a stranger, and to anybody signed in whatever their role, by method.

In the order GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS; what is posted is empty.
"""

ANSWERS: dict[str, tuple[str, str]] = {
    "account_login": ("200 200 200 200 405 405 200", "302 302 302 302 302 302 302"),
    "account_logout": ("302 302 302 405 405 405 200", "200 200 302 405 405 405 200"),
    "account_inactive": ("200 200 405 405 405 405 200", "200 200 405 405 405 405 200"),
    "account_signup": ("200 200 200 200 200 200 200", "302 302 302 302 302 302 302"),
    "account_reauthenticate": ("302 302 302 302 302 302 302", "200 200 200 200 405 405 200"),
    "account_email_verification_sent": ("200 200 405 405 405 405 200", "200 200 405 405 405 405 200"),
    "account_change_password": ("302 302 302 302 302 302 302", "200 200 200 200 405 405 200"),
    "account_set_password": ("302 302 302 302 302 302 302", "302 302 302 302 302 302 302"),
    "account_reset_password": ("200 200 200 200 405 405 200", "200 200 200 200 405 405 200"),
    "account_confirm_login_code": ("302 302 302 302 302 302 302", "302 302 302 302 302 302 302"),
    "account_confirm_email": ("200 200 404 405 405 405 200", "200 200 404 405 405 405 200"),
    "account_reset_password_from_key_done": ("200 200 405 405 405 405 200", "200 200 405 405 405 405 200"),
    "account_reset_password_from_key": ("200 200 200 200 200 200 200", "200 200 200 200 200 200 200"),
    "account_reset_password_done": ("200 200 405 405 405 405 200", "200 200 405 405 405 405 200"),
}
