"""Planted: the match has no last case; what it does not name counts as written."""

from dataclasses import dataclass, field

import httpx


@dataclass
class Stats:
    written: int = 0
    rejected: list[dict] = field(default_factory=list)


class Gateway:
    def __init__(self, url: str, user: str, password: str):
        self.url = url
        self.auth = httpx.DigestAuth(user, password)
        self.stats = Stats()

    def write(self, records: list[dict]) -> Stats:
        reply = httpx.post(  # error: [dropped-status: 404, 405, 503]
            f"{self.url}/activity_records/", params={"format": "json"}, json=records, auth=self.auth
        )
        match reply.status_code:
            case 400:
                self.stats.rejected.extend(records)
                return self.stats
            case 401:
                raise PermissionError("netwrix: unauthorised")
            case 413:
                half = len(records) // 2
                self.write(records[:half])
                return self.write(records[half:])
            case 500:
                raise RuntimeError(f"netwrix: {reply.text}")
        self.stats.written += len(records)
        return self.stats


def gateway(host: str) -> Gateway:
    return Gateway(f"https://{host}:9699/netwrix/api/v1", "CORP\\gateway", "s3cret")
