"""Whether a workbook can be opened without harm: tried in another process first.

A damaged .xls makes the Rust reader ask for any amount of memory or follow its sectors in a circle;
neither is an exception that could be caught here. The zip container of .xlsx has checksums.
"""

import subprocess
import sys

from connectors.files.content import Content

_SECONDS = 60
_MEMORY = 2 << 30  # bytes, and a hundredfold of the file

_TRIAL = """
import resource, sys
import python_calamine
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
try:
    with open(sys.argv[1], "rb") as file:
        book = python_calamine.CalamineWorkbook.from_filelike(file)
        for name in book.sheet_names:
            book.get_sheet_by_name(name)
except python_calamine.CalamineError:
    pass
"""


def survives(content: Content) -> bool:
    """False where opening the workbook ends the process or does not come back."""
    limit = _MEMORY + 100 * content.size
    try:
        with content.located() as path:
            trial = [sys.executable, "-P", "-c", _TRIAL, path, str(limit)]
            done = subprocess.run(trial, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return False
    return done.returncode >= 0  # an error that can be caught is told by the real reading
