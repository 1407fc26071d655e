"""Repair desk of the superuser; not a part of the product."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from people.models import ConsentText, Head, Membership, Organisation, User

admin.site.register(User, UserAdmin)
admin.site.register([Organisation, Head, Membership, ConsentText])
