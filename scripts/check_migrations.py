"""Check that the migrations make what the models say, on SQLite and on PostgreSQL.

Exit status 1, and a line for each difference, when they do not.
"""

import sys
import tempfile
from pathlib import Path

from sqlalchemy import create_engine

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pioneers.schema import differences  # noqa: E402
from tests.database import DIALECTS, Databases, postgres_server  # noqa: E402


def main() -> int:
    """Migrate an empty database of each kind and compare it with the models."""
    found = 0
    with tempfile.TemporaryDirectory() as folder, postgres_server() as server:
        databases = Databases(Path(folder), server)
        for dialect in DIALECTS:
            engine = create_engine(databases.new(dialect))
            for difference in differences(engine):
                print(f"{dialect}: {difference}")
                found += 1
            engine.dispose()
        databases.close()
    print(f"migrations: {found} differences on {' and '.join(DIALECTS)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
