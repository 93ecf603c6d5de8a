"""`make demo`: checks the example articles, shows the verdicts, and writes a page for each to out/."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGES = Path("out")
INFORCE = Path(sysconfig.get_path("scripts")) / "inforce"
EXIT_BAD_INPUT = 2

NEXT = """\
The same as pages, each claim marked in its text:
  {pages}

Ask what stands behind a verdict:
  .venv/bin/inforce status FIN apmbc --on 2025-12-01 --why
  .venv/bin/inforce status Ukraine "Ottawa Convention"
  .venv/bin/inforce obligations FIN --item anti-personnel-mine --on 2026-01-10
  .venv/bin/inforce parties apmbc --on 2026-02-20
or check an article of your own:
  .venv/bin/inforce check --published 2025-07-10 article.txt

Or look at it all in a browser: say
  .venv/bin/inforce serve
and open http://127.0.0.1:8000
"""


def main() -> int:
    """Check every example twice: as text on the terminal, and as pages. Returns the exit status."""
    PAGES.mkdir(exist_ok=True)
    files = sorted(path for path in HERE.iterdir() if path.suffix in (".txt", ".html"))
    articles = [str(path.relative_to(HERE.parent)) for path in files]
    # Exit status 1 says that claims are wrong, which they are here on purpose.
    for options in ([], ["--html", str(PAGES)]):
        status = subprocess.run([str(INFORCE), "check", *options, *articles], check=False).returncode
        if status >= EXIT_BAD_INPUT:
            return status
        print(flush=True)
    pages = "\n  ".join(str(PAGES / f"{Path(article).stem}.html") for article in articles)
    print(NEXT.format(pages=pages))
    return 0


if __name__ == "__main__":
    sys.exit(main())
