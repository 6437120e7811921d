"""Questions in the search box, how long they and leads are kept, and contacts voided as misuse."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KINDS = ("company", "person", "fan", "pioneer", "event")
REASONS = (
    *("wrong_person", "wrong_day", "not_present", "recorded_twice", "import_undone", "replaced"),
    *("merged", "event_cancelled"),
)
LEDGER = ("contact", "activation")
BOUNDS = {
    "question_keep_months": (24, 1, 120),
    "lead_keep_months": (12, 1, 120),
    "ask_back_days": (14, 1, 90),
}
WORD = re.compile(r"[^\W_]+")
# SQLite writes a table anew to change its constraints; the triggers of 0003 go with the old one.
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
    _allow("search_entry", "kind", (*KINDS, "question"))
    for table in LEDGER:
        _allow(table, "void_reason", (*REASONS, "misuse"))
    _keep_apart_what_was_misuse("wrong_person", "misuse")
    with op.batch_alter_table("programme") as batch_op:
        for name, (default, least, most) in BOUNDS.items():
            batch_op.add_column(
                sa.Column(name, sa.Integer(), nullable=False, server_default=str(default))
            )
            batch_op.create_check_constraint(
                op.f(f"ck_programme_{name}"), f"{name} BETWEEN {least} AND {most}"
            )
        batch_op.add_column(sa.Column("desk_user_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_programme_desk_user_id_user"), "user", ["desk_user_id"], ["id"]
        )
    with op.batch_alter_table("question") as batch_op:
        batch_op.add_column(sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(op.f("ck_question_text"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_question_text"), "length(text) > 0 OR cleared_at IS NOT NULL"
        )
        batch_op.create_check_constraint(
            op.f("ck_question_cleared"), "cleared_at IS NULL OR status = 'closed'"
        )
    op.add_column(
        "card_lead", sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True)
    )
    _find_questions()


def downgrade() -> None:
    op.execute("DELETE FROM search_entry WHERE kind = 'question'")
    op.execute("UPDATE question SET text = '-' WHERE length(text) = 0")
    with op.batch_alter_table("card_lead") as batch_op:
        batch_op.drop_column("cleared_at")
    with op.batch_alter_table("question") as batch_op:
        batch_op.drop_constraint(op.f("ck_question_cleared"), type_="check")
        batch_op.drop_constraint(op.f("ck_question_text"), type_="check")
        batch_op.create_check_constraint(op.f("ck_question_text"), "length(text) > 0")
        batch_op.drop_column("cleared_at")
    with op.batch_alter_table("programme") as batch_op:
        batch_op.drop_constraint(op.f("fk_programme_desk_user_id_user"), type_="foreignkey")
        batch_op.drop_column("desk_user_id")
        for name in BOUNDS:
            batch_op.drop_constraint(op.f(f"ck_programme_{name}"), type_="check")
            batch_op.drop_column(name)
    for table in LEDGER:
        op.execute(f"UPDATE {table} SET void_reason = 'wrong_person' WHERE void_reason = 'misuse'")
        _allow(table, "void_reason", REASONS)
    _allow("search_entry", "kind", KINDS)


def _allow(table: str, column: str, values: tuple[str, ...]) -> None:
    """Let a column hold these values."""
    name = op.f(f"ck_{table}_{column}")
    written = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"{column} IN ({written})")
    if table == "search_entry" and op.get_bind().dialect.name == "sqlite":
        for trigger in TRIGGERS:
            op.execute(trigger)


def _keep_apart_what_was_misuse(before: str, after: str) -> None:
    """The contact of what was no question had been voided as somebody else's."""
    op.execute(
        f"UPDATE contact SET void_reason = '{after}' WHERE void_reason = '{before}' AND id IN"
        " (SELECT contact_id FROM question WHERE outcome = 'misuse')"
    )


def _find_questions() -> None:
    """Let the search box find the questions that there are (search.words folds alike)."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("SELECT id, programme_id, subject, text, name, company, email FROM question")
    ).all()
    for row in rows:
        line = " ".join(row.text.split())
        title = row.subject or (line if len(line) <= 80 else line[:80].rsplit(" ", 1)[0] + " …")
        words = _folded(f"{title} {row.text} {row.name} {row.company} {row.email or ''} {row.id}")
        scope = f"p{row.programme_id} p{row.programme_id}question"
        entry = {
            "programme": row.programme_id,
            "record": row.id,
            "title": title[:300],
            "subtitle": ", ".join(part for part in (row.name, row.company) if part)[:300],
            "text": f"{scope} {' '.join(dict.fromkeys(words))}",
        }
        connection.execute(
            sa.text(
                "INSERT INTO search_entry (programme_id, kind, record_id, title, subtitle, text)"
                " VALUES (:programme, 'question', :record, :title, :subtitle, :text)"
            ),
            entry,
        )
    if rows and connection.dialect.name == "sqlite":
        connection.execute(
            sa.text(
                "INSERT INTO search_index (rowid, text)"
                " SELECT id, text FROM search_entry WHERE kind = 'question'"
            )
        )


def _folded(text: str) -> list[str]:
    parts = unicodedata.normalize("NFKD", text.lower())
    return WORD.findall("".join(char for char in parts if not unicodedata.combining(char)))
