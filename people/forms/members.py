"""Form of a role."""

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator

from people.access import Access
from people.domain.roles import ROLE_LABELS, ROLE_PERMISSIONS, Permission, Role
from people.forms.persons import helper
from people.models import Person
from people.queries.persons import person_list

DISTRICT_ROLES = (Role.DISTRICT_CURATOR, Role.OBSERVER)


class MemberForm(forms.Form):
    """Who gets which role; only roles that the asker may give, and that fit the kind of organisation."""

    person = forms.ModelChoiceField(queryset=Person.objects.none(), label="Человек", empty_label="выберите")
    role = forms.ChoiceField(label="Роль")
    login = forms.CharField(
        label="Логин",
        max_length=150,
        required=False,
        validators=[UnicodeUsernameValidator()],
        help_text="если у человека ещё нет пароля; первый пароль покажем один раз",
    )

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["person"].queryset = person_list(access).present(access.today)
        is_district = access.organisation.is_district
        roles = [role for role in Role if (role in DISTRICT_ROLES) == is_district]
        if not access.may(Permission.DOCUMENTS_SIGN):
            roles = [role for role in roles if Permission.DOCUMENTS_SIGN not in ROLE_PERMISSIONS[role]]
        self.fields["role"].choices = [(role.value, ROLE_LABELS[role]) for role in roles]
        self.helper = helper(Layout(Row(Column("person"), Column("role"), Column("login"))))
