"""A school year of a plan, month by month."""

from datetime import date

from people.domain.school_year import SchoolYear
from roadmap.queries.calendar import months_of, undated
from roadmap.queries.plan_page import plan_page
from tests.factories import TODAY, MeasureFactory, OccurrenceFactory
from tests.roadmap.plan_steps import plan_of


def page_of(persona, plan, year=2026):
    return plan_page(persona.access, plan, year=SchoolYear(year))


def test_year_has_twelve_months_from_september_and_knows_which_is_now(curator):
    page = page_of(curator, plan_of(curator.organisation))

    months = months_of(page, TODAY)

    assert [month.title for month in months][:5] == [
        *("Сентябрь 2026", "Октябрь 2026", "Ноябрь 2026", "Декабрь 2026", "Январь 2027")
    ]
    assert [month.first for month in months] == [
        *(date(2026, month, 1) for month in range(9, 13)),
        *(date(2027, month, 1) for month in range(1, 9)),
    ]
    assert [month.title for month in months if month.is_now] == ["Ноябрь 2026"]


def test_measure_stands_where_its_term_ends_in_the_order_of_days(curator):
    plan = plan_of(curator.organisation)
    measure = MeasureFactory(roadmap=plan)
    days = [date(2027, 5, 20), date(2027, 5, 5), date(2026, 12, 31), date(2027, 9, 1)]
    for position, day in enumerate(days):
        OccurrenceFactory(measure=measure, position=position, ends_on=day)

    months = months_of(page_of(curator, plan), TODAY)

    entries = {month.title: [entry.view.row.ends_on for entry in month.entries] for month in months if month.entries}
    assert entries == {"Декабрь 2026": [date(2026, 12, 31)], "Май 2027": [date(2027, 5, 5), date(2027, 5, 20)]}


def test_measures_without_dates_stand_apart(curator):
    plan = plan_of(curator.organisation)
    without, dated = MeasureFactory(roadmap=plan), MeasureFactory(roadmap=plan)
    OccurrenceFactory(measure=without, starts_on=None, ends_on=None)
    OccurrenceFactory(measure=dated)

    assert [line.measure for line in undated(page_of(curator, plan))] == [without]
