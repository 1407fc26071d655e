"""Summaries of questionnaires are a kind of document."""
from django.db import migrations, models

KINDS = [('assignment_order', 'приказ о наставничестве'), ('order', 'приказ'), ('summary', 'сводка анкетирования')]


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0007_annexes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=KINDS, max_length=30, verbose_name='вид'),
        ),
        migrations.AlterField(
            model_name='documentevent',
            name='kind',
            field=models.CharField(choices=KINDS, max_length=30, verbose_name='вид'),
        ),
    ]
