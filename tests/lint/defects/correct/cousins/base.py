class Provider:
    def _request(self, action, url):
        raise NotImplementedError

    def _get(self, url="/enum"):
        return self._request("GET", url)

    def _put(self, url="/enum"):
        return self._request("PUT", url)
