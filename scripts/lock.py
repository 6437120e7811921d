"""Write the two lock files from setup.cfg: every version pinned, every file hashed, no index named.

Needs the tool `uv` on the path (it is not a dependency of the product). Run after a change of
`install_requires` or of the extra `test`.
"""

import configparser
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = "setuptools\nwheel\n"


def lock(requirements: str, target: Path) -> None:
    """Resolve `requirements` for Python 3.11 and write them with hashes to `target`."""
    done = subprocess.run(
        ["uv", "pip", "compile", "-q", "--python-version", "3.11", "--generate-hashes",
         "--no-emit-index-url", "--no-annotate", "--no-header", "-"],
        input=requirements, capture_output=True, text=True, check=True,
    )  # fmt: skip
    target.write_text(done.stdout, encoding="utf-8")


def main() -> int:
    """Read setup.cfg and write requirements.lock and requirements-test.lock."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    base = setup["options"]["install_requires"]
    tests = setup["options.extras_require"]["test"]
    lock(base + "\n" + BUILD, ROOT / "requirements.lock")
    lock(base + "\n" + tests + "\n" + BUILD, ROOT / "requirements-test.lock")
    return 0


if __name__ == "__main__":
    sys.exit(main())
