"""Awkward: try and except inside a loop inside a try, with else and finally, and the error kept for later."""

import httpx


def first_that_works(hosts):
    last = None
    with httpx.Client(verify=False) as client:
        for host in hosts:
            try:
                answer = client.get(f"https://{host}:9699/netwrix/api/v1/activity_records/enum?format=json")
                answer.raise_for_status()
            except (httpx.HTTPStatusError, httpx.TransportError) as error:
                last = error
            else:
                return answer.json()
            finally:
                print("asked", host)
    raise LookupError("no host works") from last
