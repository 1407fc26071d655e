"""Whom a plan's words for a responsible usually mean, by role."""

import re

from people.domain.roles import ROLE_LABELS, Role

MENTORS, MENTEES = "mentors", "mentees"
"""Those who are in a bank; they need no role of their own."""

DUTY_LABELS: dict[str, str] = {
    **{role.value: label for role, label in ROLE_LABELS.items()},
    MENTORS: "Все наставники банка",
    MENTEES: "Все наставляемые банка",
}

# The first pattern that fits decides: «заместитель директора» is not the director, «куратор сайта» not the curator.
# Posts for which the portal has no role mean nobody, lest «классный руководитель» be the director.
_MEANT: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), roles)
    for pattern, roles in (
        (r"сайт|контент", (Role.SITE_EDITOR,)),
        (r"^куратор", (Role.CURATOR,)),
        (r"^(педагоги?-)?наставник", (MENTORS,)),
        (r"^наставляем|молод\w+ (педагог|специалист|учител)", (MENTEES,)),
        (
            r"классн\w+ руковод|руководител\w* (\w?мо\b|методическ|кафедр|структурн|кружк)|^председател"
            r"|соц\w*\.? ?педагог|педагог\w*-организатор",
            (),
        ),
        (r"руководител\w* (образовательн|оо\b|школ|учрежд|организац)", (Role.DIRECTOR,)),
        (r"психолог", (Role.PSYCHOLOGIST,)),
        (r"кадр", (Role.HR_OFFICER,)),
        (r"методист", (Role.METHODOLOGIST,)),
        (
            r"^мку|имц|методическ\w+ (центр|служб)|(отдел|управлени|комитет|департамент)\w* образовани",
            (Role.DISTRICT_CURATOR,),
        ),
        (r"\bзам(\b|естител|\w*директор)", (Role.CURATOR,)),
        (r"администраци", (Role.CURATOR, Role.DIRECTOR)),
        (r"директор|руководител|заведующ", (Role.DIRECTOR,)),
        (r"педагог|учител|воспитател", (Role.PARTICIPANT,)),
    )
)


def roles_meant(words: str) -> tuple[str, ...]:
    """The roles and banks (keys of DUTY_LABELS) that `words` mean at first sight; the curator may correct them.

    Empty where nothing fits: nobody is reminded before somebody is chosen.
    """
    return next((roles for pattern, roles in _MEANT if pattern.search(words)), ())
