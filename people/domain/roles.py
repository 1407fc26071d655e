"""Who may do what: permissions, and roles as named sets of them."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing a person may be allowed to do inside one organisation."""

    OWN_PAGES = "own_pages"
    PEOPLE_VIEW = "people_view"
    PEOPLE_EDIT = "people_edit"
    CONSENTS_RECORD = "consents_record"
    LINKS_ISSUE = "links_issue"
    ORGANISATION_EDIT = "organisation_edit"
    BANKS_VIEW = "banks_view"
    BANKS_EDIT = "banks_edit"
    PAIRINGS_VIEW = "pairings_view"
    PAIRINGS_EDIT = "pairings_edit"
    DOCUMENTS_VIEW = "documents_view"
    DOCUMENTS_DRAFT = "documents_draft"
    DOCUMENTS_AGREE = "documents_agree"
    DOCUMENTS_SIGN = "documents_sign"
    ROADMAP_VIEW = "roadmap_view"
    ROADMAP_MARK = "roadmap_mark"
    ROADMAP_EDIT = "roadmap_edit"
    SURVEYS_VIEW = "surveys_view"
    SURVEYS_EDIT = "surveys_edit"
    STATEMENTS_READ = "statements_read"
    EVENTS_VIEW = "events_view"
    EVENTS_EDIT = "events_edit"
    DISTRICT_VIEW = "district_view"
    DISTRICT_EDIT = "district_edit"


class Role(StrEnum):
    """What a membership makes of a user in an organisation; stored by these short codes."""

    DIRECTOR = "director"
    ACTING_DIRECTOR = "acting_director"
    CURATOR = "curator"
    PSYCHOLOGIST = "psychologist"
    METHODOLOGIST = "methodologist"
    HR_OFFICER = "hr_officer"
    SITE_EDITOR = "site_editor"
    PARTICIPANT = "participant"
    DISTRICT_CURATOR = "district_curator"
    OBSERVER = "observer"


P = Permission

_OWN = frozenset({P.OWN_PAGES})
_PLANNED = _OWN | {P.ROADMAP_VIEW, P.ROADMAP_MARK}
_READER = _PLANNED | {P.PEOPLE_VIEW, P.BANKS_VIEW, P.PAIRINGS_VIEW, P.EVENTS_VIEW}
_HEAD = _READER | {P.SURVEYS_VIEW, P.DOCUMENTS_VIEW, P.DOCUMENTS_AGREE, P.DOCUMENTS_SIGN, P.ORGANISATION_EDIT}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.DIRECTOR: _HEAD,
    Role.ACTING_DIRECTOR: _HEAD,
    Role.CURATOR: _READER
    | {
        P.PEOPLE_EDIT,
        P.CONSENTS_RECORD,
        P.LINKS_ISSUE,
        P.BANKS_EDIT,
        P.PAIRINGS_EDIT,
        P.DOCUMENTS_VIEW,
        P.DOCUMENTS_DRAFT,
        P.ORGANISATION_EDIT,
        P.ROADMAP_EDIT,
        P.SURVEYS_VIEW,
        P.SURVEYS_EDIT,
        P.STATEMENTS_READ,
        P.EVENTS_EDIT,
    },
    Role.HR_OFFICER: _PLANNED | {P.PEOPLE_VIEW, P.PEOPLE_EDIT, P.CONSENTS_RECORD, P.DOCUMENTS_VIEW, P.DOCUMENTS_AGREE},
    Role.PSYCHOLOGIST: _READER | {P.SURVEYS_VIEW, P.STATEMENTS_READ},
    Role.METHODOLOGIST: _READER | {P.SURVEYS_VIEW},
    Role.SITE_EDITOR: _PLANNED,
    Role.PARTICIPANT: _OWN,
    Role.DISTRICT_CURATOR: _PLANNED
    | {P.DISTRICT_VIEW, P.DISTRICT_EDIT, P.ROADMAP_EDIT, P.DOCUMENTS_VIEW, P.DOCUMENTS_DRAFT},
    Role.OBSERVER: _OWN | {P.ROADMAP_VIEW, P.DISTRICT_VIEW},
}

ROLE_LABELS: dict[Role, str] = {
    Role.DIRECTOR: "Руководитель",
    Role.ACTING_DIRECTOR: "Исполняющий обязанности руководителя",
    Role.CURATOR: "Куратор",
    Role.PSYCHOLOGIST: "Педагог-психолог",
    Role.METHODOLOGIST: "Методист",
    Role.HR_OFFICER: "Специалист по кадрам",
    Role.SITE_EDITOR: "Ответственный за сайт",
    Role.PARTICIPANT: "Участник",
    Role.DISTRICT_CURATOR: "Муниципальный координатор",
    Role.OBSERVER: "Наблюдатель",
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that any of `roles` allows."""
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))
