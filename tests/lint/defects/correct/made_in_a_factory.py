"""Awkward: views are defined inside the function that makes the application, so that nobody in sight calls them."""

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import Response


def create_app(host="auditor"):
    app = FastAPI()
    client = httpx.AsyncClient(base_url=f"https://{host}:9699/netwrix/api/v1")

    async def checked(answer):
        if answer.is_error:
            await answer.aread()
            answer.raise_for_status()
        return answer

    @app.get("/records")
    async def records():
        return (await checked(await client.get("/activity_records/enum?format=json"))).json()

    @app.post("/records")
    async def store(request: Request):
        answer = await client.post("/activity_records/", content=await request.body())
        return Response(answer.content, status_code=answer.status_code)

    return app
