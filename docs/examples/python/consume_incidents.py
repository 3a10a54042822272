"""Prints incidents: python3 consume_incidents.py localhost:9092 hosts.incidents [COUNT]

Needs `output: {format: json}` in the detector file.
"""

import json
import os
import sys

from confluent_kafka import Consumer


def main(servers, topic, count=None):
    consumer = Consumer(
        {
            "bootstrap.servers": servers,
            "group.id": f"incident-printer-{os.getpid()}",
            "auto.offset.reset": "earliest",
            # What is not committed may be written again.
            "isolation.level": "read_committed",
        }
    )
    consumer.subscribe([topic])
    seen = 0
    try:
        while count is None or seen < int(count):
            message = consumer.poll(1)
            if message is None:
                continue
            if message.error():
                sys.exit(str(message.error()))
            incident = json.loads(message.value())
            # An incident has several records: OPENED, UPDATED, RESOLVED. Its id stays the same.
            print(incident["time"], incident["state"], incident["severity"], incident["description"], flush=True)
            seen += 1
    except KeyboardInterrupt:
        pass
    finally:
        consumer.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
