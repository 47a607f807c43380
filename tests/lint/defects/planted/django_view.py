"""Planted: the view catches what requests raises and forgets to check the answer."""

import requests
from django.http import HttpResponse, JsonResponse
from django.views import View


class Newest(View):
    endpoint = "https://auditor:9699/netwrix/api/v1/activity_records/enum"

    def get(self, request):
        try:
            # error: [unchecked-response: 400, 401, 404, 405, 413, 500]
            answer = requests.get(self.endpoint, params={"format": "json", "count": 10}, timeout=5)
        except requests.RequestException:
            return HttpResponse(status=502)
        return JsonResponse(answer.json())
