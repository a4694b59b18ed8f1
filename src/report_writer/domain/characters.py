"""Characters that are not seen: they hide words from a check, or turn the reading direction around."""

import re
import unicodedata

# Neither format nor control characters, and yet nothing is seen: joiners, fillers, variation
# selectors (enough of them to carry a hidden text), the blank of Braille.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def invisible(character: str) -> bool:
    """Whether a character prints nothing; a line break is none of these."""
    # NOTE: Cf are the zero-width and direction marks, Cc the controls.
    hidden = unicodedata.category(character) in {"Cf", "Cc"} or bool(_BLANK.match(character))
    return hidden and character != "\n"
