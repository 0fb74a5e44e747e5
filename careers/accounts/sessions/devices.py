"""A browser in plain words, from what it says of itself. The words are kept; what it says is not."""

from __future__ import annotations

# In this order: each says the names of those below it too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "an Android device"),
    ("CrOS", "a Chromebook"),
    ("Windows", "a Windows computer"),
    ("Macintosh", "a Mac"),
    ("Linux", "a Linux computer"),
)


def in_words(user_agent: str) -> str:
    """Such as "Chrome on a Windows computer"."""
    browser = next((words for mark, words in BROWSERS if mark in user_agent), "A browser")
    machine = next((words for mark, words in MACHINES if mark in user_agent), "some other device")
    return f"{browser} on {machine}"
