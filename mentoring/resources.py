"""Exports: both banks in the columns of the target model (МР-42/02; domain reference 4.1, 4.2), and other lists."""

from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localdate
from import_export import fields, resources
from tablib import Dataset

from mentoring.domain.bank_analysis import Balance
from mentoring.domain.bank_sheet.fields import Bank
from mentoring.domain.vocabulary import FORM_LABELS
from mentoring.models import MenteeProfile, MentorProfile, PairBan, Pairing, PairingMentee
from mentoring.queries.bank_analysis import AnalysisPage
from mentoring.queries.matching_board import ReasonedLine
from mentoring.queries.sharing import RequestLine
from people.spreadsheets import xlsx


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _contacts(profile: MentorProfile | MenteeProfile) -> str:
    return ", ".join(part for part in (profile.person.phone, profile.person.email) if part)


class BankResource(resources.Resource):
    """What both exports share; rows are profiles read by `queries.banks` with `export_places`."""

    def dehydrate_number(self, profile: MentorProfile | MenteeProfile) -> int:
        return profile.row_number

    def dehydrate_contacts(self, profile: MentorProfile | MenteeProfile) -> str:
        return _contacts(profile)

    def dehydrate_entered(self, profile: MentorProfile | MenteeProfile) -> str:
        return _day(profile.entered_on)

    def dehydrate_left(self, profile: MentorProfile | MenteeProfile) -> str:
        return _day(profile.left_on)

    def dehydrate_form(self, profile: MentorProfile | MenteeProfile) -> str:
        forms = dict.fromkeys(place.pairing.get_form_display() for place in self.places(profile))
        return ", ".join(forms)

    def places(self, profile: MentorProfile | MenteeProfile) -> list[PairingMentee]:
        return profile.export_places

    def workplace(self, profile: MentorProfile | MenteeProfile) -> str:
        return profile.organisation.short_name


class MentorBankResource(BankResource):
    """The sixteen columns of «База наставников», and two of ours: approval and training."""

    number = fields.Field(column_name="№ п/п")
    name = fields.Field(column_name="ФИО наставника", attribute="person__full_name")
    contacts = fields.Field(column_name="Контактные данные для связи")
    workplace_name = fields.Field(column_name="Место работы или учёбы наставника")
    competences = fields.Field(column_name="Основные компетенции наставника")
    achievements = fields.Field(column_name="Важные для программы достижения наставника", attribute="achievements")
    interests = fields.Field(column_name="Интересы наставника", attribute="interests")
    desired_age = fields.Field(column_name="Желаемый возраст наставляемых", attribute="desired_age")
    hours = fields.Field(column_name="Ресурс времени на программу наставничества")
    entered = fields.Field(column_name="Дата вхождения в программу")
    mentees = fields.Field(column_name="ФИО наставляемого (наставляемых)")
    form = fields.Field(column_name="Форма наставничества")
    mentee_workplace = fields.Field(column_name="Место работы или учёбы наставляемого")
    left = fields.Field(column_name="Дата завершения программы")
    outcome = fields.Field(column_name="Результаты программы", attribute="outcome")
    case = fields.Field(column_name="Ссылка на кейс или отзыв наставника", attribute="case_url")
    standing = fields.Field(column_name="В банке как", attribute="get_standing_display")
    trained = fields.Field(column_name="Прошёл подготовку")

    def dehydrate_workplace_name(self, profile: MentorProfile) -> str:
        return self.workplace(profile)

    def dehydrate_competences(self, profile: MentorProfile) -> str:
        return "; ".join(each.topic for each in profile.topics.all())

    def dehydrate_hours(self, profile: MentorProfile) -> str:
        return f"{profile.hours:g} ч в неделю".replace(".", ",") if profile.hours is not None else ""

    def dehydrate_trained(self, profile: MentorProfile) -> str:
        return _day(profile.trained_on)

    def dehydrate_mentees(self, profile: MentorProfile) -> str:
        return ", ".join(person.full_name for person in dict.fromkeys(place.mentee for place in self.places(profile)))

    def dehydrate_mentee_workplace(self, profile: MentorProfile) -> str:
        return self.workplace(profile) if self.places(profile) else ""


class MenteeBankResource(BankResource):
    """The thirteen columns of «База наставляемых»."""

    number = fields.Field(column_name="№ п/п")
    name = fields.Field(column_name="ФИО наставляемого", attribute="person__full_name")
    contacts = fields.Field(column_name="Контактные данные для связи (данные представителя)")
    birth_year = fields.Field(column_name="Год рождения наставляемого")
    requests = fields.Field(column_name="Основной запрос наставляемого")
    entered = fields.Field(column_name="Дата вхождения в программу")
    mentor = fields.Field(column_name="ФИО наставника")
    form = fields.Field(column_name="Форма наставничества")
    mentor_workplace = fields.Field(column_name="Место работы или учёбы наставника")
    left = fields.Field(column_name="Дата завершения программы")
    outcome = fields.Field(column_name="Результаты программы", attribute="outcome")
    case = fields.Field(column_name="Ссылка на кейс или отзыв наставляемого", attribute="case_url")
    completed = fields.Field(column_name="Отметка о прохождении программы")

    def dehydrate_birth_year(self, profile: MenteeProfile) -> int | None:
        return profile.person.birth_year

    def dehydrate_requests(self, profile: MenteeProfile) -> str:
        return "; ".join(each.topic for each in profile.requests.all())

    def dehydrate_mentor(self, profile: MenteeProfile) -> str:
        return ", ".join(person.full_name for person in dict.fromkeys(place.mentor for place in self.places(profile)))

    def dehydrate_form(self, profile: MenteeProfile) -> str:
        return super().dehydrate_form(profile) or FORM_LABELS.get(profile.form, "")

    def dehydrate_mentor_workplace(self, profile: MenteeProfile) -> str:
        return self.workplace(profile) if self.places(profile) else ""

    def dehydrate_completed(self, profile: MenteeProfile) -> str:
        return "пройдена" if profile.left_on else ""


RESOURCES: dict[Bank, type[BankResource]] = {Bank.MENTORS: MentorBankResource, Bank.MENTEES: MenteeBankResource}


def bank_xlsx(bank: Bank, profiles: list[MentorProfile] | list[MenteeProfile]) -> bytes:
    """The given profiles as the bytes of an .xlsx file; text that looks like a formula stays text."""
    for number, profile in enumerate(profiles, 1):
        profile.row_number = number
    return xlsx(RESOURCES[bank]().export(profiles))


class PairResource(resources.Resource):
    """The list of pairs and groups."""

    mentor = fields.Field(column_name="Наставник", attribute="mentor__full_name")
    mentees = fields.Field(column_name="Наставляемые")
    form = fields.Field(column_name="Форма", attribute="get_form_display")
    kind = fields.Field(column_name="Вид", attribute="get_kind_display")
    goal = fields.Field(column_name="Цель", attribute="goal")
    first_day = fields.Field(column_name="С")
    last_day = fields.Field(column_name="По")
    state = fields.Field(column_name="Состояние", attribute="get_state_display")
    order = fields.Field(column_name="Приказ")

    def dehydrate_mentees(self, pairing: Pairing) -> str:
        return ", ".join(place.mentee.full_name for place in pairing.places)

    def dehydrate_first_day(self, pairing: Pairing) -> str:
        return _day(pairing.starts_on)

    def dehydrate_last_day(self, pairing: Pairing) -> str:
        return _day(pairing.ends_on)

    def dehydrate_order(self, pairing: Pairing) -> str:
        return pairing.basis.title_number if pairing.basis else ""


def pairs_xlsx(pairings: list[Pairing]) -> bytes:
    """The given pairings as the bytes of an .xlsx file."""
    return xlsx(PairResource().export(pairings))


def sharing_xlsx(lines: list[RequestLine]) -> bytes:
    """The given requests for mentors of other organisations as the bytes of an .xlsx file."""
    headers = ["Наставник", "Организация", "С чем помочь", "Когда просили", "Состояние", "Когда ответили", "Ответ"]
    sheet = Dataset(title="Просьбы о наставниках", headers=headers)
    for line in lines:
        answered = _day(line.answered_at and localdate(line.answered_at))
        asked = _day(localdate(line.asked_at))
        sheet.append((line.name, line.partner, line.topics, asked, line.state_label, answered, line.answer))
    return xlsx(sheet)


def bans_xlsx(bans: Iterable[PairBan]) -> bytes:
    """The given bans as the bytes of an .xlsx file."""
    sheet = Dataset(title="Запреты пар", headers=["Наставник", "Наставляемый", "Основание", "Причина", "С какого дня"])
    for ban in bans:
        names = (ban.mentor.full_name, ban.mentee.full_name)
        sheet.append((*names, ban.get_ground_display(), ban.reason, _day(localdate(ban.made_at))))
    return xlsx(sheet)


def analysis_xlsx(shown: AnalysisPage) -> bytes:
    """The analysis as the bytes of an .xlsx file; people without a consent are not named in it."""
    load = Dataset(title="Нагрузка", headers=["Наставник", "Мест", "Занято", "Свободно", "Чего не хватает"])
    for line in shown.mentors_named:
        load.append((line.profile.person.full_name, line.places, line.taken, line.free, "; ".join(line.words)))
    waiting = Dataset(title="Ждут", headers=["Наставляемый", "Дней без наставника", "Запросы"])
    for line in shown.waiting_named:
        requests = "; ".join(each.topic for each in line.profile.requests.all())
        waiting.append((line.profile.person.full_name, line.profile.days_waiting, requests))
    analysis = shown.analysis
    balances = (_balances("Темы", "Тема", analysis.topics), _balances("Предметы", "Предмет", analysis.subjects))
    return xlsx(*balances, load, waiting)


def _balances(title: str, what: str, balances: Iterable[Balance]) -> Dataset:
    headers = [what, "Просят", "Свободных мест", "Не хватает", "Мест у тех, кого пока нельзя предложить"]
    sheet = Dataset(title=title, headers=headers)
    for each in balances:
        sheet.append((each.label, each.asking, each.places, each.missing, each.held))
    return sheet


def run_xlsx(rows: Iterable[ReasonedLine], most_points: int) -> bytes:
    """The board of a run: each mentee with the mentor proposed, the points and what they come from."""
    sheet = Dataset(
        title="Подбор", headers=["Наставляемый", "Наставник", f"Баллы (из {most_points})", "Почему", "Состояние"]
    )
    for row in rows:
        line = row.line
        why = "; ".join(f"+{reason.points} {reason.text}" for reason in row.reasons if reason.points)
        state = line.state_words or ("" if line.pair else "без наставника")
        sheet.append([line.name, line.mentor_name, line.pair.points if line.pair else "", why, state])
    return xlsx(sheet)
