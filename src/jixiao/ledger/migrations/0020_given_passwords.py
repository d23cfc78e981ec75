"""Whether a password was given by somebody else; those there are count as one's own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0019_people_in_the_chain")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="password_given",
            field=models.BooleanField("密码由别人给的", default=False),
        )
    ]
