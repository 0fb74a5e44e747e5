"""The Java that Spark runs on. None is installed: what is on the machine is used, and what is missing is said."""

import os
import re
import shutil
import subprocess

OLDEST = 17


def missing() -> str:
    """Why Spark cannot run here, as the end of a sentence; empty where it can."""
    home = os.environ.get("JAVA_HOME")
    program = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if program is None:
        return f"there is no Java on this machine (it needs Java {OLDEST} or newer)"
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(\d+)', said.stderr + said.stdout)
    if found is None or int(found[1]) < OLDEST:
        return (
            f"Java {OLDEST} or newer is needed, and {program} is {found[1] if found else 'of no version it will say'}"
        )
    return ""
