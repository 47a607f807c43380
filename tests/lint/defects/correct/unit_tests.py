"""Awkward: unit tests, whose assertions are the checks."""

import unittest

import requests

URL = "https://auditor-test:9699/netwrix/api/v1/activity_records/"


class WritingTest(unittest.TestCase):
    def setUp(self):
        self.session = requests.Session()
        self.addCleanup(self.session.close)

    def test_a_record_is_written(self):
        response = self.session.post(URL, json=[{"Who": "x"}], params={"format": "json"})
        self.assertEqual(response.status_code, 200)

    def test_a_broken_record_is_refused(self):
        response = self.session.post(URL, json=[{}], params={"format": "json"})
        self.assertEqual(400, response.status_code)
        self.assertIn("ErrorList", response.json())

    def test_reading(self):
        response = self.session.get(URL + "enum", params={"format": "json"})
        self.assertTrue(response.ok, response.text)
        self.assertGreater(len(response.json()["ActivityRecordList"]), 0)
