"""PostgreSQL finds beginnings of two and three letters as fast as whole words."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# SQLite's index keeps beginnings ready by itself (prefix='2 3'). PostgreSQL merges the rows of every
# word that has the beginning before it gives the first one; so the beginnings become words of their
# own, marked by a star, which no word has. The first two words are the scope (search.words), which
# nobody asks for by its beginning. A word of PostgreSQL's index ends at 2,046 bytes with an error,
# a question's at 60 letters.
# The cost keeps the planner from working the words out for every row instead of asking the index;
# unsafe for parallel work it is called so that no helpers are started: that takes 5 ms by itself.
WORDS = """
CREATE FUNCTION search_words(entry text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL UNSAFE COST 1000 AS $$
DECLARE
    words text[] := array_remove(string_to_array(entry, ' '), '');
    keys text[] := words[1:2];
    word text;
BEGIN
    FOREACH word IN ARRAY words[3:] LOOP
        keys := keys || left(word, 60) || (left(word, 2) || '*') || (left(word, 3) || '*');
    END LOOP;
    RETURN array_to_tsvector(keys);
END
$$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(WORDS)
    op.execute("DROP INDEX ix_search_entry_words")
    op.execute("CREATE INDEX ix_search_entry_words ON search_entry USING gin (search_words(text))")
    # The newest rows of a programme, which are looked through before the index is asked.
    op.execute("CREATE INDEX ix_search_entry_words_newest ON search_entry (programme_id, id)")


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("DROP INDEX ix_search_entry_words_newest")
    op.execute("DROP INDEX ix_search_entry_words")
    op.execute("DROP FUNCTION search_words(text)")
    op.execute(
        "CREATE INDEX ix_search_entry_words ON search_entry"
        " USING gin (to_tsvector('simple', text))"
    )
