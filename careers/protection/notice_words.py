"""The words of privacy notices: short sentences for pupils, fuller ones for parents and carers and for staff."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    who: tuple[str, ...]
    what: tuple[str, ...]
    not_held: tuple[str, ...]
    why: tuple[str, ...]
    special: tuple[str, ...]
    seen: tuple[str, ...]
    shared: tuple[str, ...]
    kept: tuple[str, ...]
    rights: tuple[str, ...]
    ask: tuple[str, ...]
    none: str = "We hold none of this now."
    who_title: str = "Who we are"
    what_title: str = "What we hold"
    not_held_title: str = "What we do not hold"
    why_title: str = "Why we hold it"
    seen_title: str = "Who sees it"
    shared_title: str = "Who else gets it"
    kept_title: str = "How long we keep it"
    rights_title: str = "Your rights"
    ask_title: str = "Whom to ask"


PLAIN = {
    "pupil": "Your name, your date of birth, and the numbers that schools use for you. When you joined, and when you left.",
    "years": "Which year group you were in each year.",
    "groups": "Your form, your classes and your clubs.",
    "characteristics": "Help you get at school, such as help with learning or free meals. If you are in care.",
    "encounters": "The talks, visits and meetings you were asked to, and if you went.",
    "destinations": "What you do after you leave. Some of it we only ask if you say yes.",
    "own-record": "Who may see your page: you, and your parents or carers.",
    "arrival": "Your name in a file we got, until we knew it was you.",
    "sharing-instruction": "If you or a parent told us to share less.",
    "shared-record": "What we told the council about you, and when.",
    "tracking-consent": "Your answer when we asked if we may find out where you go next.",
    "access-request": "When you, or somebody for you, asked for a copy.",
    "hold": "A note that we must keep your record for a while, and why.",
    "guidance-note": "What you and your careers adviser talked about and agreed.",
}
"""What each kind of record is, for somebody of eleven. A kind without a line here is said in the words of its holding."""

PUPILS = Words(
    who=(
        "{school} runs a careers programme for you. To do that we keep some facts about you in a program called Trigpoint.",
        "This page tells you what we keep, why, and what you can do about it.",
    ),
    what=("We keep these facts about you.",),
    not_held=("Trigpoint has no place for your address, your photo, your marks or your faith.",),
    why=(
        "The law says that your school must help you find out about jobs, training and college. We keep these facts so that we can see if you got that help. If you did not, we can put it right.",
        "We do not need to ask you first, as this is part of our job. When we do need to ask, we say so.",
    ),
    special=(
        "Some facts are more private, such as being in care. Fewer people can see them. We keep them to make sure that nobody is left out.",
    ),
    seen=(
        "Staff see only the pupils they work with. Each time a person opens your record, that is written down.",
        "You can see your own page. So can your parents or carers.",
        "What you say to your careers adviser is seen by very few people.",
    ),
    shared=(
        "If {authority} asks, we must tell them your name, address and date of birth, and the name and address of a parent.",
        "They may ask for more, to help you find a place at 16. Until you are 16, a parent can say no to that. From the day you are 16, it is up to you. Just tell us.",
        "We sell nothing. No firm gets your facts to send you adverts.",
    ),
    kept=("When the time is up, your facts are taken out, or your name is taken off them.",),
    rights=(
        "You can ask for a copy of all we hold about you. It is free. We have one month to give it to you.",
        "If a fact is wrong, tell us and we will put it right. You can ask us to take things out, or to stop using them. We will tell you if we cannot, and why.",
        "In Year 11 we ask if we may find out where you go next. You can say no. You can change your mind at any time.",
    ),
    ask=(
        "You can ask {whom}.",
        "If you are not happy with what we say, you can tell the Information Commissioner at ico.org.uk.",
    ),
)

PARENTS = Words(
    who=(
        "{school} is the controller of what it holds about your child in Trigpoint, the program with which it runs its careers programme.",
        "This notice is about Trigpoint only. The school’s main privacy notice covers everything else.",
    ),
    what=("We hold these kinds of records about your child.",),
    not_held=(
        "Trigpoint has no place for addresses, telephone numbers, photographs, marks, religion or ethnic origin.",
    ),
    why=(
        "The school needs the records for tasks it carries out in the public interest (UK GDPR Article 6(1)(e)): independent careers guidance and providers’ access to pupils under sections 42A to 45A of the Education Act 1997, and what pupils go on to.",
        "Following a young person after 16 rests on their own consent, unless they stay in the school’s own sixth form. They are asked in Year 11 and can take it back at any time.",
    ),
    special=(
        "Special educational needs, care and free school meals are held as sensitive. They are used to see that the programme reaches every group (UK GDPR Article 9(2)(g); Data Protection Act 2018, Schedule 1, paragraph 6), and few staff can see them.",
    ),
    seen=(
        "Staff see only the pupils within their reach: a tutor the form, a teacher the classes, an adviser the caseload. Governors, volunteers from business and the trust see figures without names, with small numbers hidden, unless the school lets the trust see names.",
        "You see your child’s record with an account of your own while your child is on roll. Notes of guidance are between your child and the adviser and are not on that page. Every time somebody opens a record, it is written down.",
    ),
    shared=(
        "On its request the school must give {authority} a pupil’s name, address and date of birth, and a parent’s name and address (Education and Skills Act 2008, sections 14 and 72). Nobody can opt out of that.",
        "It gives additional information about education and plans too, unless it is told not to: by you until your child’s 16th birthday, by your child from that day. Your own instruction does not carry over.",
        "Nothing is sold, and nothing leaves for another country by Trigpoint. Who runs the computer it is on can be asked of the school.",
    ),
    kept=("Afterwards a record is deleted, or its name is taken away so that only figures remain.",),
    rights=(
        "You or your child can ask for a copy, free and within a month, for what is wrong to be put right, for erasure or for limited use, and can object. A child who understands the right uses it in person.",
        "Nothing about your child is decided by a computer alone.",
    ),
    ask=(
        "Ask the school’s data protection officer: {whom}.",
        "You can complain to the Information Commissioner: ico.org.uk, 0303 123 1113.",
    ),
)

STAFF = Words(
    who=(
        "{school} is the controller of what Trigpoint, the program with which it runs its careers programme, holds about those who work with it.",
    ),
    what=("We hold these kinds of records about you.",),
    not_held=("Trigpoint holds nothing of your pay, health or performance, and does not measure how you work.",),
    why=(
        "The school needs them for a task in the public interest (UK GDPR Article 6(1)(e)): to let only the right people open children’s records, and to show afterwards who did.",
    ),
    special=(),
    seen=(
        "Whoever manages people at the school sees your name, e-mail address and role. What you did with pupils’ records is seen by those who answer for the data.",
        "A pupil who asks for a copy of the record reads that somebody in your role opened it, and when; not your name.",
    ),
    shared=("Nobody else is given it, {authority} included, unless a law or a court asks.",),
    kept=("Afterwards your name and address are taken away. What was done under the account stays, under a number.",),
    rights=(
        "You can see and take away what is held about your account at any time, from the foot of every page. You can ask for what is wrong to be put right, for erasure or for limited use, and can object.",
    ),
    ask=(
        "Ask the school’s data protection officer: {whom}.",
        "You can complain to the Information Commissioner: ico.org.uk, 0303 123 1113.",
    ),
)

FOR = {"pupils": PUPILS, "parents": PARENTS, "staff": STAFF}
