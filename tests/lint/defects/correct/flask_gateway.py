"""Awkward: a Flask view hands the status and the body on as they are."""

import requests
from flask import Flask, Response, abort, request

app = Flask(__name__)
AUDITOR = "https://auditor:9699/netwrix/api/v1"


@app.post("/search")
def search():
    upstream = requests.post(
        f"{AUDITOR}/activity_records/search", params={"format": "json"}, json=request.get_json(), timeout=20
    )
    return Response(upstream.content, status=upstream.status_code, content_type=upstream.headers["Content-Type"])


@app.post("/write")
def write():
    upstream = requests.post(f"{AUDITOR}/activity_records/", json=request.get_json(), timeout=20)
    if upstream.status_code != 200:
        abort(502)
    return "", 204


@app.get("/first")
def first():
    upstream = requests.get(f"{AUDITOR}/activity_records/enum?format=json", timeout=20)
    return upstream.content, upstream.status_code
