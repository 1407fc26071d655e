"""Pages of a run cost the same for one mentee and for three, and weigh little however many are listed."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentoring.models import MatchingRun, MatchingStep
from mentoring.operations.matching import take_step
from mentoring.operations.pairings import propose_pairing
from mentoring.operations.proposals import Terms, accept_proposals
from mentoring.queries.matching_board import Board
from mentoring.queries.matching_decisions import fingerprint
from people.domain.roles import Role
from people.models import Organisation
from tests.conftest import Persona, make_persona
from tests.factories import MatchingStepFactory, OrganisationFactory, PairBanFactory
from tests.mentoring.matching_scene import mentee_of, mentor_of, solved_run
from tests.mentoring.order_steps import terms
from tests.mentoring.sharing_steps import offered

MOST = 15
LARGEST_HTML = 30_000
LISTED = 25
READ = ["run_list", "run_board", "run_mentors", "run_accept", "run_compare", "run_export", "run_print"]
TERMS = Terms(date(2026, 11, 23), date(2126, 5, 31), is_asked=False)


@dataclass(frozen=True)
class Scene:
    """A school with two runs; `asked` is what pages are asked about, `pressed` the pair of a button."""

    curator: Persona
    run: MatchingRun
    asked: dict[str, object]
    pressed: dict[str, object]


def new_school() -> tuple[Persona, Organisation]:
    """A curator, and another school of the district."""
    district = OrganisationFactory(kind=Organisation.Kind.AUTHORITY)
    school, other = (OrganisationFactory(parent=district) for _ in range(2))
    return make_persona(Role.CURATOR, school), other


def new_scene(rows: int) -> Scene:
    """Runs with so many pairs accepted, fixed and open each, mentees with a mentor elsewhere, alone and banned."""
    curator, other = new_school()
    access, school = curator.access, curator.organisation
    accepted, fixed, proposed, elsewhere = (
        [(mentor_of(school, "Котова", topic), mentee_of(school, "Лисина", topic)) for _ in range(rows)]
        for topic in ("урок", "учёт", "этика", "речь")
    )
    for _ in range(rows):
        offered(other)
        for mentor, _ in proposed:
            PairBanFactory(mentor=mentor, mentee=mentee_of(school, "Цой"))
    earlier, run = solved_run(access), solved_run(access, has_district=True)
    for mentor, mentee in fixed:
        pair = {"mentee": str(mentee.pk), "mentor": str(mentor.pk)}
        take_step(access, run_id=run.pk, kind=MatchingStep.Kind.PIN, **pair)
    for mentor, mentee in elsewhere:
        propose_pairing(access, mentor_id=mentor.pk, mentee_ids=[mentee.pk], terms=terms())
    seen = fingerprint(Board(access, run).solution)
    wanted = [str(mentee.pk) for _, mentee in accepted]
    accept_proposals(access, run_id=run.pk, mentees=wanted, seen=seen, terms=TERMS)
    mentor, mentee = fixed[0][0], proposed[0][1]
    asked = {"mentee": mentee.pk, "why": mentor.pk, "with": earlier.pk}
    return Scene(curator, run, asked, {"mentee": mentee.pk, "mentor": proposed[0][0].pk})


@pytest.fixture(scope="module")
def made_once(one_transaction: None) -> dict[int, Scene]:
    return {rows: new_scene(rows) for rows in (1, 3)}


@pytest.fixture
def scenes(made_once: dict[int, Scene], db: None) -> dict[int, Scene]:
    """Schools by how many of each kind of pair their runs have."""
    return made_once


def address_of(scene: Scene, name: str) -> str:
    arguments = [] if name == "run_list" else [scene.run.pk]
    return reverse(name, args=[scene.curator.organisation.slug, *arguments])


def opened(scene: Scene, name: str) -> HttpResponse:
    return scene.curator.client.get(address_of(scene, name), scene.asked)


@pytest.mark.parametrize("name", READ)
def test_page_of_a_run_costs_the_same_for_one_mentee_and_for_three(scenes: dict[int, Scene], name: str) -> None:
    costs = {}

    for rows in (1, 3):
        with CaptureQueriesContext(connection) as captured:
            answer = opened(scenes[rows], name)
        costs[rows] = len(captured)
        assert answer.status_code == 200

    assert costs[3] == costs[1]
    assert costs[3] <= MOST


@pytest.mark.parametrize("name", ["run_pin", "run_undo"])
def test_step_costs_the_same_for_one_mentee_and_for_three(scenes: dict[int, Scene], name: str) -> None:
    costs = {}

    for rows in (1, 3):
        pressed = scenes[rows].pressed | {"step": scenes[rows].run.steps.latest("number").number}
        with CaptureQueriesContext(connection) as captured:
            scenes[rows].curator.client.post(address_of(scenes[rows], name), pressed)
        costs[rows] = len(captured)

    assert costs[3] == costs[1]


def test_pages_of_many_pairs_are_light(db: None) -> None:
    curator, _ = new_school()
    for number in range(LISTED):
        mentee_of(curator.organisation, "Константинопольская", f"работа с трудными детьми, {number}")
    people = [
        (
            mentor_of(curator.organisation, "Константинопольская", "урок"),
            mentee_of(curator.organisation, "Лисина", "урок"),
        )
        for _ in range(LISTED)
    ]
    run, _ = solved_run(curator.access), solved_run(curator.access)
    scene = Scene(curator, run, {"mentee": people[0][1].pk, "why": people[1][0].pk, "only": "pinned"}, {})

    for number, (mentor, mentee) in enumerate(people):
        MatchingStepFactory(run=run, mentor=mentor, mentee=mentee, number=number)

    sizes = {name: len(opened(scene, name).content) for name in READ if name != "run_export"}

    assert {name: size for name, size in sizes.items() if size > LARGEST_HTML} == {}
