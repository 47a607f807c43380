"""Planted: the handler for HTTPError stands below the handler of its base class."""

import click
import requests


class Api:
    def __init__(self, server, user, password):
        self.url = "https://%s:9699/netwrix/api/v1" % server
        self.session = requests.Session()
        self.session.auth = (user, password)

    def search(self, query):
        response = self.session.post(self.url + "/activity_records/search?format=json", json=query)
        response.raise_for_status()
        return response.json()["ActivityRecordList"]


@click.command()
@click.option("--server", envvar="NETWRIX_SERVER", required=True)
@click.option("--user", envvar="NETWRIX_USER", prompt=True)
@click.password_option(envvar="NETWRIX_PASSWORD", confirmation_prompt=False)
@click.argument("who")
def main(server, user, password, who):
    """Show what WHO did in the last 30 days."""
    api = Api(server, user, password)
    try:
        records = api.search({"FilterList": {"Who": who, "When": {"LastThirtyDays": ""}}})
    except requests.RequestException as exc:
        raise click.ClickException(f"cannot reach {server}: {exc}")
    except requests.HTTPError as exc:  # error: [shadowed-handler]
        if exc.response.status_code == 401:
            raise click.UsageError("wrong user name or password")
        raise click.ClickException(exc.response.text)
    for record in records:
        click.echo("{When} {Action} {What}".format(**record))


if __name__ == "__main__":
    main()
