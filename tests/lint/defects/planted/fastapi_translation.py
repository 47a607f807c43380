"""Planted: the table that translates statuses for FastAPI has a default of 200."""

import httpx
from fastapi import FastAPI, Response

app = FastAPI()
TRANSLATION = {400: 422, 401: 502, 404: 502, 405: 502}


@app.post("/ingest")
async def ingest(records: list[dict], response: Response):
    async with httpx.AsyncClient(base_url="https://auditor:9699/netwrix/api/v1") as client:
        upstream = await client.post("/activity_records/", json=records)  # error: [dropped-status: 413, 500, 503]
    response.status_code = TRANSLATION.get(upstream.status_code, 200)
    return {"accepted": len(records)}
