"""Awkward: `except*` takes apart what a task group raises."""

import asyncio
import dataclasses

import httpx


@dataclasses.dataclass
class Summary:
    found: int = 0
    refused: int = 0
    broken: list[str] = dataclasses.field(default_factory=list)


async def count(client: httpx.AsyncClient, server: str, summary: Summary) -> None:
    response = await client.post(
        f"https://{server}:9699/netwrix/api/v1/activity_records/search",
        params={"format": "json"},
        json={"FilterList": {"Action": "Failed Logon", "When": {"Today": ""}}},
    )
    response.raise_for_status()
    summary.found += len(response.json()["ActivityRecordList"])


async def survey(servers: list[str], auth: tuple[str, str]) -> Summary:
    summary = Summary()
    try:
        async with httpx.AsyncClient(auth=auth) as client, asyncio.TaskGroup() as group:
            for server in servers:
                group.create_task(count(client, server, summary))
    except* httpx.HTTPStatusError as errors:
        for error in errors.exceptions:
            if error.response.status_code == 401:
                summary.refused += 1
            else:
                summary.broken.append(str(error))
    except* httpx.TransportError as errors:
        summary.broken += [str(error) for error in errors.exceptions]
    return summary


if __name__ == "__main__":
    print(asyncio.run(survey(["auditor1", "auditor2"], ("CORP\\survey", "secret"))))
