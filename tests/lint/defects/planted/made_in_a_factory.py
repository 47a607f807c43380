"""Planted: a command that is defined inside a function, whose answer nobody looks at."""

import click
import requests


def commands(host):
    @click.group()
    def cli():
        """Do things with Netwrix Auditor."""

    @cli.command()
    @click.argument("what")
    def search(what):
        # error: [unchecked-response: 400, 401, 404, 405, 413, 500]
        answer = requests.post(
            f"https://{host}:9699/netwrix/api/v1/activity_records/search",
            params={"format": "json"},
            json={"FilterList": {"What": what}},
        )
        click.echo(answer.content)

    return cli
