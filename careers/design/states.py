"""The six standings a pupil can have on a criterion, as a person sees them: a word, a shape and a colour."""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """`key` is what the data says; `css` is the last part of the class names in the style sheets."""

    key: str
    word: str
    shape: str
    css: str


STATES = {
    state.key: state
    for state in (
        State("met", "Met", "\N{CHECK MARK}", "met"),
        State("booked", "Booked", "\N{CIRCLE WITH UPPER RIGHT QUADRANT BLACK}", "booked"),
        State("due", "Due", "\N{WHITE CIRCLE}", "due"),
        State("missed", "Missed", "\N{MULTIPLICATION X}", "missed"),
        State("cannot_tell", "Cannot tell", "?", "unknown"),
        State("does_not_apply", "Does not apply", "\N{EN DASH}", "none"),
    )
}


def state_of(key: object) -> State:
    """The state for `key` (a string, or an enum member whose value is one). Raises KeyError naming what is allowed."""
    text = str(getattr(key, "value", key))
    if text not in STATES:
        raise KeyError(f"{text!r} is not a standing: use one of {', '.join(STATES)}")
    return STATES[text]
