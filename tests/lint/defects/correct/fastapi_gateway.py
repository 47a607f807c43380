"""Awkward: FastAPI handlers translate statuses: by HTTPException, by the injected response and by JSONResponse."""

import httpx
from fastapi import Depends, FastAPI, HTTPException, Response
from fastapi.responses import JSONResponse

app = FastAPI()
TRANSLATION = {400: 422, 413: 413}


async def auditor():
    async with httpx.AsyncClient(base_url="https://auditor:9699/netwrix/api/v1") as client:
        yield client


@app.post("/ingest")
async def ingest(records: list[dict], client: httpx.AsyncClient = Depends(auditor)):
    upstream = await client.post("/activity_records/", json=records)
    if upstream.is_error:
        raise HTTPException(TRANSLATION.get(upstream.status_code, 502), detail=upstream.text)
    return {"accepted": len(records)}


@app.post("/search")
async def search(query: dict, response: Response, client: httpx.AsyncClient = Depends(auditor)):
    upstream = await client.post("/activity_records/search", json=query)
    response.status_code = upstream.status_code
    return upstream.text


@app.get("/first")
async def first(client: httpx.AsyncClient = Depends(auditor)):
    upstream = await client.get("/activity_records/enum")
    return JSONResponse(upstream.text, status_code=upstream.status_code)
