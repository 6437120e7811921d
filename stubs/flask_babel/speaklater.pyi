from typing import TypeAlias

# Typed as the text that it turns into, as `lazy_gettext` is.
LazyString: TypeAlias = str
