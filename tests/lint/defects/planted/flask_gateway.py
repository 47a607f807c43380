"""Planted: a Flask view hands every failure on as an empty page with 200."""

import requests
from flask import Flask, jsonify, request

app = Flask(__name__)
AUDITOR = "https://auditor:9699/netwrix/api/v1"


@app.get("/records")
def records():
    # error: [dropped-status: 401, 404, 405, 413, 500]
    upstream = requests.post(
        AUDITOR + "/activity_records/search", params={"format": "json"}, json={"FilterList": dict(request.args)}
    )
    if upstream.status_code == 400:
        return jsonify(error="bad filter"), 400
    return jsonify(upstream.json())
