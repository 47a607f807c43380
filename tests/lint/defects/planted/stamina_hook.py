"""Planted: the hook of stamina says yes to every client error."""

import httpx
import stamina


def passes(error: Exception) -> bool:
    return isinstance(error, httpx.HTTPStatusError) and 400 <= error.response.status_code < 600


@stamina.retry(on=passes, attempts=4)
def get(client: httpx.Client, loan: int) -> dict:
    # error: [retry-not-retryable: 401, 404]
    # error: [retry-after-ignored: 429]
    answer = client.get(f"https://api.lending.example/v2/loans/{loan}")
    answer.raise_for_status()
    return answer.json()
