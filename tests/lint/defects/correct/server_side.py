"""Awkward: a service with the same paths as the API, which forwards to it and checks."""

import httpx
from fastapi import FastAPI, HTTPException, Request, Response

app = FastAPI()
upstream = httpx.AsyncClient(base_url="https://auditor.corp.example:9699/netwrix/api/v1")


@app.post("/netwrix/api/v1/activity_records/search")
async def search(request: Request) -> dict:
    answer = await upstream.post("/activity_records/search?format=json", content=await request.body())
    if answer.status_code == 401:
        raise HTTPException(status_code=403, detail="the service has no access")
    if answer.is_error:
        raise HTTPException(status_code=502, detail=answer.text)
    return answer.json()


@app.put("/netwrix/api/v1/activity_records/")
async def write(request: Request) -> Response:
    answer = await upstream.post("/activity_records/?format=json", content=await request.body())
    return Response(content=answer.content, status_code=answer.status_code)


@app.get("/netwrix/api/v1/activity_records/latest")
async def latest() -> list[dict]:
    answer = await upstream.get("/activity_records/enum", params={"format": "json", "count": 10})
    if answer.status_code not in {200}:
        raise HTTPException(502)
    return answer.json()["ActivityRecordList"]


@app.exception_handler(httpx.TransportError)
async def unreachable(request: Request, error: httpx.TransportError) -> Response:
    return Response(status_code=504 if isinstance(error, httpx.TimeoutException) else 503)


@app.get("/health")
async def health() -> dict[str, bool]:
    return {"ok": (await upstream.get("/activity_records/enum", params={"count": 1})).is_success}
