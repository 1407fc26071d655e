"""What stands behind a link is told by the day where the organisation is: there it may be tomorrow already."""

from importlib import import_module

from django.db import migrations

BY_DAY = import_module("surveys.migrations.0003_answering").BEHIND_LINK
BY_MOMENT = (
    BY_DAY.replace("on_day date", "moment timestamptz")
    .replace("on_day", "here.today")
    .replace(
        "  JOIN surveys_version",
        "  CROSS JOIN LATERAL (SELECT (moment AT TIME ZONE organisation.time_zone)::date AS today) AS here\n"
        "  JOIN surveys_version",
    )
)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0004_received")]

    operations = [
        migrations.RunSQL(
            "DROP FUNCTION surveys_behind_link;" + BY_MOMENT,
            "DROP FUNCTION surveys_behind_link;" + BY_DAY,
        )
    ]
