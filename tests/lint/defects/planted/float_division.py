"""Planted: `/ 100` is no integer division; it finds 400 and 500 and nothing else."""

import requests
from oslo_config import cfg

opts = [
    cfg.HostAddressOpt("host", default="127.0.0.1"),
    cfg.PortOpt("port", default=9699),
    cfg.StrOpt("username"),
    cfg.StrOpt("password", secret=True),
]
CONF = cfg.CONF
CONF.register_opts(opts, group="netwrix")


class NetwrixException(Exception):
    pass


def base_url():
    return "https://%s:%s/netwrix/api/v1" % (CONF.netwrix.host, CONF.netwrix.port)


def write(records):
    response = requests.post(  # error: [dropped-status: 401, 404, 405, 413, 503]
        base_url() + "/activity_records/",
        params={"format": "json"},
        json=records,
        auth=(CONF.netwrix.username, CONF.netwrix.password),
        timeout=60,
    )
    if response.status_code / 100 == 4:  # error: [constant-condition]
        raise NetwrixException("request refused: %s" % response.text)
    if response.status_code / 100 == 5:  # error: [constant-condition]
        raise NetwrixException("server failed: %s" % response.text)
    return len(records)


def notify(ctxt, publisher_id, event_type, payload, metadata):
    """Called by oslo.messaging for each notification."""
    record = {
        "Who": ctxt.get("user_name"),
        "Action": "Modified",
        "What": event_type,
        "When": metadata["timestamp"],
        "Where": publisher_id,
        "ObjectType": "Notification",
    }
    return write([record])
