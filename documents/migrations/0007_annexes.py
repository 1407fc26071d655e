"""Drafts keep their annexes, and general orders are a kind of document."""
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0006_acquaintance_evidence'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='annexes',
            field=models.JSONField(blank=True, default=list, help_text='of a draft; the paper has a copy', verbose_name='приложения'),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('assignment_order', 'приказ о наставничестве'), ('order', 'приказ')], max_length=30, verbose_name='вид'),
        ),
        migrations.AlterField(
            model_name='documentevent',
            name='kind',
            field=models.CharField(choices=[('assignment_order', 'приказ о наставничестве'), ('order', 'приказ')], max_length=30, verbose_name='вид'),
        ),
    ]
