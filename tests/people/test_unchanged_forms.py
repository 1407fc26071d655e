"""Two people at one form: the second is told."""

from django.urls import reverse

from tests.conftest import Persona
from tests.factories import PersonFactory


def _shown(persona: Persona, url: str) -> dict[str, object]:
    form = persona.client.get(url).context["form"]
    return {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}


def test_person_form_refuses_what_was_changed_meanwhile(curator: Persona, hr_officer: Persona) -> None:
    person = PersonFactory(organisation=curator.organisation, post="учитель")
    url = reverse("person_edit", args=[curator.organisation.slug, person.pk])
    first, second = _shown(curator, url), _shown(hr_officer, url)

    curator.client.post(url, first | {"post": "методист"})
    answer = hr_officer.client.post(url, second | {"post": "воспитатель"})

    person.refresh_from_db()
    assert person.post == "методист"
    assert "изменил кто-то другой" in answer.content.decode()


def test_person_form_saves_when_nothing_changed_meanwhile(curator: Persona) -> None:
    person = PersonFactory(organisation=curator.organisation, post="учитель")
    url = reverse("person_edit", args=[curator.organisation.slug, person.pk])

    answer = curator.client.post(url, _shown(curator, url) | {"post": "методист"})

    person.refresh_from_db()
    assert (answer.status_code, person.post) == (302, "методист")


def test_second_press_on_a_new_person_asks_whether_it_is_a_namesake(curator: Persona) -> None:
    url = reverse("person_add", args=[curator.organisation.slug])
    values = {"kind": "staff", "surname": "Семёнова", "given": "Вера", "patronymic": "Ильинична"}

    curator.client.post(url, values)
    answer = curator.client.post(url, values | {"surname": "Семенова"})

    assert "тёзка" in answer.content.decode()
    assert curator.organisation.persons.filter(given="Вера").count() == 1


def test_namesake_is_entered_when_said_so(curator: Persona) -> None:
    url = reverse("person_add", args=[curator.organisation.slug])
    values = {"kind": "staff", "surname": "Семёнова", "given": "Вера", "patronymic": "Ильинична"}

    curator.client.post(url, values)
    curator.client.post(url, values | {"is_namesake": "on"})

    assert curator.organisation.persons.filter(given="Вера").count() == 2
