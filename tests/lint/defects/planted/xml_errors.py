"""Planted: the XML of every error is parsed; 401, 404, 405 and 413 have none."""

import xml.etree.ElementTree as ET

import requests

NS = {"n": "http://schemas.netwrix.com/api/v1/"}
RECORDS = {"r": "http://schemas.netwrix.com/api/v1/activity_records/"}


class XmlApiError(Exception):
    @classmethod
    def from_response(cls, response):
        root = ET.fromstring(response.content)  # error: [empty-body-read: 401, 404, 405, 413]
        messages = [error.findtext("n:Description", namespaces=NS) for error in root.findall("n:Error", NS)]
        return cls(f"{response.status_code}: " + "; ".join(filter(None, messages)))


class XmlClient:
    """For servers where somebody switched JSON off."""

    def __init__(self, host, auth, cert=None):
        self.host = host
        self.kwargs = {"auth": auth, "verify": cert or True, "timeout": 300}

    def enumerate(self):
        url = f"https://{self.host}:9699/netwrix/api/v1/activity_records/enum"
        response = requests.get(url, **self.kwargs)
        while True:
            if response.status_code >= 400:
                raise XmlApiError.from_response(response)
            root = ET.fromstring(response.content)
            found = root.findall("r:ActivityRecord", RECORDS)
            if not found:
                return
            yield from found
            mark = root.find("r:ContinuationMark", RECORDS)
            response = requests.post(url, data=ET.tostring(mark), **self.kwargs)
