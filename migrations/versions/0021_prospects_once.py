"""A prospect stands on the board once, is found by the search box, and is not kept for ever.

Columns are added one by one, as in 0012: SQLite cannot drop a table that others point at.
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BEFORE = ("company", "person", "fan", "pioneer", "event", "question")
KEEPING = (("prospect_keep_months", "12"), ("note_keep_months", "24"))
OPEN = "stage NOT IN ('joined', 'ended')"
LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe"})
LONGEST = 400

# SQLite cannot change a check: nothing points at this table, so it is made anew. The full-text
# index's triggers go with it (0003).
TRIGGERS = (
    """
    CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_index(search_index, rowid, text) VALUES ('delete', old.id, old.text);
    END
    """,
    """
    CREATE TRIGGER search_entry_changed AFTER UPDATE OF text ON search_entry BEGIN
        INSERT INTO search_index(search_index, rowid, text) VALUES ('delete', old.id, old.text);
        INSERT INTO search_index(rowid, text) VALUES (new.id, new.text);
    END
    """,
)


def upgrade() -> None:
    for name, months in KEEPING:
        op.execute(
            f"ALTER TABLE programme ADD COLUMN {name} INTEGER DEFAULT {months} NOT NULL"
            f" CONSTRAINT ck_programme_{name} CHECK ({name} BETWEEN 1 AND 120)"
        )
    op.add_column(
        "prospect",
        sa.Column("name_key", sa.String(length=LONGEST), nullable=False, server_default=""),
    )
    op.add_column("prospect", sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True))
    _fill_keys()
    op.create_index(
        "uq_prospect_open",
        "prospect",
        ["programme_id", "side", "name_key"],
        unique=True,
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )
    _allow((*BEFORE, "prospect"))
    _let_find()


def downgrade() -> None:
    op.execute("DELETE FROM search_entry WHERE kind = 'prospect'")
    _allow(BEFORE)
    op.drop_index("uq_prospect_open", "prospect")
    for name in ("cleared_at", "name_key"):
        op.drop_column("prospect", name)
    for name, _months in reversed(KEEPING):
        op.drop_column("programme", name)


def _fill_keys() -> None:
    """The key of each prospect; of those who stand on the board twice already, the later ones
    have a key of their own, so that they stay until somebody closes one."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("SELECT id, programme_id, side, stage, name, company FROM prospect ORDER BY id")
    ).all()
    seen = set()
    for row in rows:
        key = f"{_fold(row.name)}\n{_fold(row.company)}"[:LONGEST]
        if row.stage not in ("joined", "ended"):
            place = (row.programme_id, row.side, key)
            if place in seen:
                key = f"{key[: LONGEST - 20]}\n{row.id}"
            seen.add(place)
        connection.execute(
            sa.text("UPDATE prospect SET name_key = :key WHERE id = :id"),
            {"key": key, "id": row.id},
        )


def _fold(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.lower().translate(LETTERS))
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())


def _allow(kinds: tuple[str, ...]) -> None:
    """Let search_entry hold these kinds."""
    condition = f"kind IN ({', '.join(repr(kind) for kind in kinds)})"
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_search_entry_kind"), "search_entry", type_="check")
        op.create_check_constraint(op.f("ck_search_entry_kind"), "search_entry", condition)
        return
    op.execute(
        f"""
        CREATE TABLE search_entry_anew (
            id INTEGER NOT NULL,
            programme_id INTEGER NOT NULL,
            kind VARCHAR(40) NOT NULL,
            record_id INTEGER NOT NULL,
            title VARCHAR(300) NOT NULL,
            subtitle VARCHAR(300) NOT NULL,
            text TEXT NOT NULL,
            CONSTRAINT pk_search_entry PRIMARY KEY (id),
            CONSTRAINT fk_search_entry_programme_id_programme
                FOREIGN KEY(programme_id) REFERENCES programme (id),
            CONSTRAINT uq_search_entry_kind_record_id UNIQUE (kind, record_id),
            CONSTRAINT ck_search_entry_kind CHECK ({condition})
        )
        """
    )
    columns = "id, programme_id, kind, record_id, title, subtitle, text"
    op.execute(f"INSERT INTO search_entry_anew ({columns}) SELECT {columns} FROM search_entry")
    op.execute("DROP TABLE search_entry")
    op.execute("ALTER TABLE search_entry_anew RENAME TO search_entry")
    for statement in TRIGGERS:
        op.execute(statement)


def _let_find() -> None:
    """A row of the search box for who did not join: who did is found as a pioneer or fan."""
    connection = op.get_bind()
    last = connection.scalar(sa.text("SELECT max(id) FROM search_entry")) or 0
    rows = connection.execute(
        sa.text(
            "SELECT id, programme_id, name, company, contact_name FROM prospect"
            " WHERE stage <> 'joined' ORDER BY id"
        )
    ).all()
    for row in rows:
        text = _fold(f"{row.name} {row.company} {row.contact_name}")
        words = dict.fromkeys("".join(c if c.isalnum() else " " for c in text).split())
        scope = f"p{row.programme_id} p{row.programme_id}prospect"
        connection.execute(
            sa.text(
                "INSERT INTO search_entry (programme_id, kind, record_id, title, subtitle, text)"
                " VALUES (:programme_id, 'prospect', :id, :title, :subtitle, :text)"
            ),
            {
                "programme_id": row.programme_id,
                "id": row.id,
                "title": row.name,
                "subtitle": row.company or row.contact_name,
                "text": " ".join([scope, *words]),
            },
        )
    if connection.dialect.name == "sqlite":
        connection.execute(
            sa.text(
                "INSERT INTO search_index (rowid, text)"
                " SELECT id, text FROM search_entry WHERE id > :last ORDER BY id"
            ),
            {"last": last},
        )
