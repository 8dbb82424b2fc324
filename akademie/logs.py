"""How a log line looks to machines. Imported by the settings, so it imports nothing of ours."""

import json
import logging


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for machines that read logs."""

    def format(self, record):
        entry = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
        }
        if line := getattr(record, "request_line", None):
            method, path, status, spent, size = line
            entry |= {"method": method, "path": path, "status": status, "ms": round(spent, 1), "bytes": size}
        else:
            entry["message"] = record.getMessage()
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)
