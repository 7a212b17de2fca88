from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_brands_and_company_contacts'),
    ]

    operations = [
        migrations.AddField(
            model_name='brand',
            name='shows_phone',
            field=models.BooleanField(default=False),
        ),
    ]
