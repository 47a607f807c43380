"""Where things are."""

from string import Template

SERVER = Template("https://$host:9699/netwrix/api/v1")

WRITE = "activity_records/"
ENUM = WRITE + "enum"
SEARCH = f"{WRITE}search"


def absolute(host: str, path: str) -> str:
    return SERVER.substitute(host=host) + "/" + path
