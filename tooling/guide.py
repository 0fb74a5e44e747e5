"""Reading the commands out of a page of the documentation, so that what is tested is what people read."""

import re
from dataclasses import dataclass
from pathlib import Path

from tooling.places import ROOT

GUIDE = ROOT / "docs" / "how-to" / "deploy-on-debian.md"
BLOCK = re.compile(r"^## (?P<heading>[^\n]+)$|^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^cat > (?P<path>\S+) <<'?END'?\n(?P<text>.*?)^END$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """What stands between two fences, and the heading it stands under."""

    heading: str
    text: str


def blocks(page: Path = GUIDE) -> list[Block]:
    """Every block of commands, in order. Every fenced block of the guide is one."""
    found, heading = [], ""
    for match in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if match["heading"]:
            heading = match["heading"]
        else:
            found.append(Block(heading, match["text"]))
    return found


def files(page: Path = GUIDE) -> dict[str, str]:
    """The text of each file the commands write, by its path."""
    return {match["path"]: match["text"] for block in blocks(page) for match in FILE.finditer(block.text)}
