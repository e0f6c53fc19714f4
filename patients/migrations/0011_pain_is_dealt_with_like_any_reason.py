from django.db import migrations


def give_back(apps, schema_editor):
    """On the way back: each report is answered by the first who dealt with it."""
    report_of = apps.get_model("patients", "PainReport")
    dealt_with = apps.get_model("patients", "DealtWith")
    for report in report_of.objects.iterator():
        noted = dealt_with.objects.filter(
            patient=report.patient_id, kind="pain_told", at__gte=report.told_at, undone_at=None
        )
        if first := noted.order_by("at").first():
            report.contacted_at, report.contacted_by_id = first.at, first.by_id
            report.save(update_fields=["contacted_at", "contacted_by"])
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('patients', '0010_dealt_with'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='painreport',
            name='pain_report_one_open',
        ),
        migrations.RemoveConstraint(
            model_name='painreport',
            name='pain_report_contacted_by_someone',
        ),
        migrations.RunPython(migrations.RunPython.noop, give_back),
        migrations.RemoveField(
            model_name='painreport',
            name='contacted_at',
        ),
        migrations.RemoveField(
            model_name='painreport',
            name='contacted_by',
        ),
    ]
