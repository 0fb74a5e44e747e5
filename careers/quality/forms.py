"""What is asked to tell a purpose, of pupils afterwards, and of partners."""

from __future__ import annotations

from typing import Any

from django import forms

from careers.design.forms import YES, Radios, ThreeWays
from careers.partners.models import Contact, Partner
from careers.programme.models import Activity
from careers.quality.models import LONGEST, Audience, Feedback, Sharing
from careers.quality.sharing import still_to_tell
from careers.schools.once import new_stamp, reference_in

WRONG_ADDRESS = {"invalid": "Enter an e-mail address like name@example.org"}
FIVE = [("5", "5, very useful"), ("4", "4"), ("3", "3"), ("2", "2"), ("1", "1, not useful")]


class OnceForm(forms.Form):
    """A form that adds something: its stamp keeps two presses of the button from adding it twice."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"stamp": new_stamp(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "stamp"}


def address_known(partner: Partner) -> str:
    """The address a partner was last written to from these pages, else a contact's who has not asked to be left alone."""
    sent = Sharing.objects.filter(school=partner.school_id, partner=partner).exclude(email="").order_by("-pk")
    contacts = Contact.objects.filter(school=partner.school_id, partner=partner, leave_alone=False).exclude(email="")
    last: str | None = sent.values_list("email", flat=True).first()
    return last or contacts.values_list("email", flat=True).first() or ""


class ShareForm(OnceForm):
    """How the purpose is told: the button pressed is `way`. Telling the same again wants a tick."""

    mark_optional = False

    partner: forms.ModelChoiceField[Partner] = forms.ModelChoiceField(
        queryset=None, to_field_name="reference", label="Which partner", widget=Radios(small=True), empty_label=None
    )
    email = forms.EmailField(
        label="Their e-mail address",
        required=False,
        error_messages=WRONG_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    again = forms.BooleanField(label="Tell them again", required=False)
    way = forms.ChoiceField(choices=Sharing.Way.choices, widget=forms.HiddenInput, initial=Sharing.Way.EMAIL)

    def __init__(self, *args: Any, activity: Activity, audience: Audience, told: list[Sharing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.told = [each for each in told if each.audience == audience]
        if audience == Audience.PUPILS:
            del self.fields["partner"], self.fields["email"]
        else:
            partners = activity.partners.order_by("name")
            self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
            if partners.count() == 1:
                only = partners.get()
                self.fields["partner"].initial = only.reference
                self.fields["email"].initial = address_known(only)
        if not self.told:
            del self.fields["again"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        partner = given.get("partner")
        wants = "email" in self.fields and "email" not in self.errors and given.get("way") == Sharing.Way.EMAIL
        if wants and not given.get("email"):
            self.add_error("email", "Enter the e-mail address to send it to")
        own = reference_in(given.get("stamp", ""))  # the same form sent again is not telling them again
        told = [each for each in self.told if each.reference != own and each.arrived is not False]
        before = [each for each in told if each.partner == partner]
        more = "partner" not in self.fields and given.get("way") == Sharing.Way.EMAIL and still_to_tell(self.activity)
        if before and not given.get("again") and not more:
            whom = partner.name if partner else "pupils"
            day = f"{before[-1].shared_on.day} {before[-1].shared_on:%B %Y}"
            self.add_error("again", f"It was told to {whom} on {day}. Tick this to tell them again")
        return given


class AskPartnerForm(OnceForm):
    """Whom to ask how it went. Without an address there is only a link to copy."""

    partner: forms.ModelChoiceField[Partner] = forms.ModelChoiceField(
        queryset=None, to_field_name="reference", label="Which partner", widget=Radios(small=True), empty_label=None
    )
    email = forms.EmailField(
        label="Their e-mail address",
        required=False,
        error_messages=WRONG_ADDRESS,
        help_text="Leave it empty to get a link that you pass on yourself.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = activity.partners.order_by("name")
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
        if partners.count() == 1:
            only = partners.get()
            self.fields["partner"].initial = only.reference
            self.fields["email"].initial = address_known(only)


def _words(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


class ReflectionForm(OnceForm):
    """Four short questions. Any may be left out, but not all."""

    mark_optional = False

    learnt = _words("What did you learn about work?")
    surprised = _words("What surprised you?")
    next_step = _words("What will you do next?")
    useful = forms.TypedChoiceField(
        label="How useful was it?",
        choices=FIVE,
        coerce=int,
        empty_value=None,
        required=False,
        widget=Radios(small=True),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(value for name, value in given.items() if name != "stamp"):
            self.add_error("learnt", "Answer at least one question")
        return given


class FeedbackForm(OnceForm):
    """What a partner is asked: one question must be answered."""

    went = forms.ChoiceField(
        label="How did it go?",
        choices=Feedback.Went.choices,
        widget=Radios(small=True),
        error_messages={"required": "Say how it went"},
    )
    purpose_understood = ThreeWays(label="Were you told beforehand what it was for?")
    prepared = ThreeWays(label="Were pupils prepared?")
    two_way = forms.ChoiceField(
        label="How much did pupils ask and talk, and not only listen?",
        choices=[("extensive", "A lot"), ("some", "Some"), ("none", "Not at all"), ("", "I cannot say")],
        required=False,
        widget=Radios(small=True),
    )
    met_range_of_people = ThreeWays(label="Did pupils meet several people who do different work?")
    employer_set_task = ThreeWays(label="Did pupils do a task that you set?")
    employer_feedback = ThreeWays(label="Did you tell them how they did it?")
    again = forms.ChoiceField(
        label="Would you do it again?",
        choices=[*Feedback.Again.choices, ("", "I cannot say")],
        required=False,
        widget=Radios(inline=True, small=True),
    )
    change = forms.CharField(
        label="Is there anything we should change?",
        help_text="Please name no pupil.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    mark_optional = False

    AT_WORK = ("met_range_of_people", "employer_set_task", "employer_feedback")

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if activity.type != Activity.Type.WORKPLACE_EXPERIENCE:
            for name in self.AT_WORK:
                del self.fields[name]
        for field in self.fields.values():
            if isinstance(field, ThreeWays):
                field.choices = [(YES, "Yes"), ("no", "No"), ("", "I cannot say")]
