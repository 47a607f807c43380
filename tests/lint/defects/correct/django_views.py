"""Awkward: Django views, one by function and one by class; the status of the answer is that of the upstream."""

import requests
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.views import View

ENDPOINT = "https://auditor:9699/netwrix/api/v1/activity_records"


def newest(request):
    try:
        answer = requests.get(ENDPOINT + "/enum", params={"format": "json", "count": 10}, timeout=5)
        answer.raise_for_status()
    except requests.HTTPError as error:
        if error.response.status_code == 400:
            return HttpResponseBadRequest(error.response.content)
        return HttpResponse(status=502)
    except requests.RequestException:
        return HttpResponse(status=504)
    return JsonResponse(answer.json())


class Search(View):
    http = requests.Session()

    def post(self, request):
        answer = self.http.post(ENDPOINT + "/search?format=json", data=request.body)
        return HttpResponse(answer.content, status=answer.status_code)
