"""Text in a file that a spreadsheet opens, where some beginnings would be run."""

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""The wide ones too: some spreadsheets take them for the narrow."""


def harmless(text: str) -> str:
    """The text with an apostrophe before it, where a spreadsheet would otherwise take it for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(BEGINS_A_FORMULA) else text
