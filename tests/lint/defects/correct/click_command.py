"""Awkward: a click command ends with the first digit of the status."""

import click
import requests


@click.group()
@click.option("--host", default="auditor")
@click.pass_context
def cli(context, host):
    context.obj = f"https://{host}:9699/netwrix/api/v1"


@cli.command()
@click.argument("path", type=click.File())
@click.pass_obj
def upload(base, path):
    """Write the records of a file."""
    answer = requests.post(base + "/activity_records/", data=path.read(), timeout=60)
    if not answer:
        raise click.ClickException(f"{answer.status_code}: {answer.text}")
    click.echo("done")


@cli.command()
@click.pass_context
def ping(context):
    answer = requests.get("https://auditor:9699/netwrix/api/v1/activity_records/enum", params={"count": 1}, timeout=9)
    click.secho(str(answer.status_code), fg="green" if answer.ok else "red")
    context.exit(0 if answer.ok else answer.status_code // 100)


if __name__ == "__main__":
    cli()
