"""Planted: the command prints an error of the server and ends with 0."""

import click
import requests


@click.command()
@click.argument("path", type=click.File())
@click.option("--host", default="auditor")
def upload(path, host):
    """Write the records of a file."""
    # error: [unchecked-response: 400, 401, 404, 405, 413, 500, 503]
    answer = requests.post(
        f"https://{host}:9699/netwrix/api/v1/activity_records/", data=path.read(), headers={"Content-Type": "text/xml"}
    )
    click.echo(answer.status_code)
    click.echo("done")


if __name__ == "__main__":
    upload()
