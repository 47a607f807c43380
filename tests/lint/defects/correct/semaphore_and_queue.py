"""Awkward: workers of asyncio take from a queue under a semaphore; failed batches go back with their count."""

import asyncio

import aiohttp

URL = "https://auditor:9699/netwrix/api/v1/activity_records/"


async def worker(session, todo, failed, limit):
    while not todo.empty():
        batch, tries = todo.get_nowait()
        async with limit, session.post(URL, json=batch) as answer:
            match answer.status:
                case 200:
                    pass
                case 503 if tries < 3:
                    await asyncio.sleep(2**tries)
                    todo.put_nowait((batch, tries + 1))
                case status:
                    failed.append((batch, status, await answer.text()))
        todo.task_done()


async def ship(batches):
    todo, failed, limit = asyncio.Queue(), [], asyncio.Semaphore(3)
    for batch in batches:
        todo.put_nowait((batch, 0))
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(worker(session, todo, failed, limit) for _ in range(4)))
    if failed:
        raise RuntimeError(f"{len(failed)} batches failed", failed)
