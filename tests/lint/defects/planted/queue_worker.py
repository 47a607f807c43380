"""Planted: the status of each batch is printed, and the batch is done whatever it says."""

import queue

import requests

todo: "queue.Queue[list]" = queue.Queue()


def work():
    session = requests.Session()
    while True:
        batch = todo.get()
        # error: [unchecked-response: 400, 401, 404, 405, 413, 500, 503]
        answer = session.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=batch)
        print(answer.status_code)
        todo.task_done()
