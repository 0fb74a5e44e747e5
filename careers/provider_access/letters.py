"""The words of the messages that a provider is sent.

What a stranger typed into the form is not sent on in a confirmation, which nobody reads before it goes. A reply, which somebody
does read, is to the name that was given; a name is refused that holds an address (`forms_requests.RequestForm`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from careers.provider_access.models import Decision, ProviderRequest
from careers.provider_access.wording import years_in_words


@dataclass(frozen=True)
class Letter:
    subject: str
    words: str


def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def confirmation(request: ProviderRequest, answer_to: str) -> Letter:
    """Says that it came, and by when they will hear. No name and none of their words: anybody may type any address."""
    promise = (
        f"You will hear from us by {day_in_words(request.answer_by)}.\n"
        if request.answer_by
        else "You will hear from us.\n"
    )
    ask = f"If you have a question, write to {answer_to}.\n" if answer_to else ""
    return Letter(
        f"Your request to {request.school.name}",
        f"""Hello,

{request.school.name} has your request for access to its pupils, received on {day_in_words(request.received_on)}.
Its reference is {request.reference}.

{promise}{ask}
If you did not ask for this, do nothing.
""",
    )


OPENINGS = {
    Decision.Outcome.ACCEPTED: "Thank you for your request. We are glad to accept it.",
    Decision.Outcome.CHANGED: "Thank you for your request. We accept it with the changes below.",
    Decision.Outcome.REFUSED: "Thank you for your request. We cannot accept it.",
}


def reply(request: ProviderRequest, decision: Decision, *, answer_to: str, statement: str, complaints: str) -> Letter:
    """The answer, for somebody to read before it goes. `statement` is the address of the published policy."""
    lines = [OPENINGS[Decision.Outcome(decision.outcome)], f"Ground, from our policy statement: {decision.ground}"]
    if not decision.in_statement:
        lines[1] = f"Ground: {decision.ground}"
    if decision.outcome != Decision.Outcome.REFUSED:
        day = day_in_words(decision.agreed_on) if decision.agreed_on else "to be agreed"
        lines.append(f"Day: {day}. For: {years_in_words(decision.year_groups)}.")
        lines.append(
            "Please cover all four of these: who you are and what you offer, the careers it leads to, what learning or training "
            "with you is like, and answers to pupils’ questions. The law asks us to ask you for them."
        )
    if decision.words:
        lines.append(decision.words.strip())
    if decision.outcome == Decision.Outcome.REFUSED and complaints:
        lines.append(f"If you want to complain: {complaints}")
    if statement:
        lines.append(f"Our policy statement: {statement}")
    if answer_to:
        lines.append(f"Questions: {answer_to}")
    greeting = f"Dear {request.contact_name}," if request.contact_name else "Hello,"
    body = "\n\n".join([greeting, *lines, f"{request.school.name}\nReference {request.reference}"])
    return Letter(f"Your request to {request.school.name}: {decision.get_outcome_display().lower()}", body + "\n")
