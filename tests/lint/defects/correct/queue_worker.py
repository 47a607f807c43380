"""Awkward: workers put what came out into a second queue, as pairs; whoever reads it decides."""

import queue
import threading

import requests

todo = queue.Queue()
done = queue.Queue()


def work():
    session = requests.Session()
    for batch in iter(todo.get, None):
        answer = session.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=batch)
        done.put((batch, answer.status_code))
        todo.task_done()


def start(number):
    for _ in range(number):
        threading.Thread(target=work, daemon=True).start()
