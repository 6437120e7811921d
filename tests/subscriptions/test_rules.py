"""What is kept of a choice, and how long a request can be confirmed."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pioneers.programmes.themes import THEMES
from pioneers.subscriptions.rules import has_lapsed, kept_themes, wording

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@given(st.lists(st.sampled_from([*THEMES, "", "geen thema", "<script>"])))
def test_a_choice_is_kept_in_order_and_all_is_everything(chosen: list[str]) -> None:
    kept = kept_themes(chosen)
    known = set(chosen) & set(THEMES)
    assert set(filter(None, kept.split(","))) == (known if known != set(THEMES) else set())
    assert kept_themes(kept.split(",")) == kept


def test_a_request_lapses_after_thirty_days() -> None:
    assert not has_lapsed(NOW, NOW + timedelta(days=30))
    assert has_lapsed(NOW, NOW + timedelta(days=30, seconds=1))


def test_the_words_name_the_programme_in_both_languages() -> None:
    assert all("Slimmer" in wording(language, "Slimmer") for language in ("nl", "en", "de"))
