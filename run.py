#!/usr/bin/env python3
"""Everything a person does with a checkout of Trigpoint, with nothing but Python installed.

python3 run.py                 set up what is missing, then serve on this machine
python3 run.py install         set up what is missing, and no more: for a machine where systemd serves
python3 run.py test [WHAT]     every check and every test (or only the tests named)
python3 run.py test --long     the same with thousands of new random questions, from a seed that is printed
python3 run.py test --deployment   the guide for Debian, every command of it, on a bare machine (needs root; takes minutes)
python3 run.py check           only the checks that need no test run
python3 run.py bench [WHAT]    the speed measurements (or only those named)
python3 run.py lock            write the lock files again from pyproject.toml
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this has not read what Python the project needs
    sys.exit(f"Trigpoint needs Python 3.11 or newer. This is Python {sys.version_info[0]}.{sys.version_info[1]}.")

from tooling.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
