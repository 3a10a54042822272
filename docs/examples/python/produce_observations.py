"""Sends observations: python3 produce_observations.py localhost:9092 hosts.observations [avro|json] [COUNT] [FIRST_TIME]

avro: Noether's own records, which need no `source` section in the detector file.
json: {"entity": …, "time": …, "cpu": …, "memory": …}, read with source: {format: json, entity: entity, time: time}
"""

import json
import struct
import sys
import time

from confluent_kafka import Producer

# Each record begins with the two bytes C3 01 and the fingerprint of the schema Observation.avsc (CRC-64-AVRO, the lowest
# byte first). The fields follow in Avro's binary encoding.
HEADER = bytes.fromhex("c301" "05e04178ce4a4b77")


def observation(i, first_time):
    """Put your own measurements here."""
    return {
        "entity": f"host-{i % 10}",
        "time": first_time + i * 1000,
        "features": {"cpu": 20 + (i % 60) * 0.5, "memory": 4e9 + i * 4096},
    }


def encode(one, record_format):
    if record_format == "json":
        return json.dumps({"entity": one["entity"], "time": one["time"], **one["features"]}).encode("utf-8")
    # The fields in the order of the schema: entity, eventTime, features. 1 is the second kind of features: by name.
    record = HEADER + text(one["entity"]) + integer(one["time"]) + integer(1) + integer(len(one["features"]))
    for name, value in one["features"].items():
        record += text(name) + struct.pack("<f", value)
    return record + integer(0)  # the map ends


def integer(value):
    """Avro writes integers zigzag, seven bits in a byte, the lowest first."""
    rest = (value << 1) ^ (value >> 63)
    result = bytearray()
    while rest > 0x7F:
        result.append(rest & 0x7F | 0x80)
        rest >>= 7
    result.append(rest)
    return bytes(result)


def text(value):
    encoded = value.encode("utf-8")
    return integer(len(encoded)) + encoded


def main(servers, topic, record_format="avro", count="10", first_time=None):
    start = int(first_time) if first_time else int(time.time() * 1000)
    producer = Producer({"bootstrap.servers": servers, "enable.idempotence": True})
    for i in range(int(count)):
        one = observation(i, start)
        # The key keeps the observations of an entity in one partition, in order.
        producer.produce(topic, key=one["entity"], value=encode(one, record_format), timestamp=one["time"])
        if i % 1000 == 0:
            producer.flush()
    if producer.flush(30) > 0:
        sys.exit("Kafka has not taken all records within 30 s")
    print(f"{count} observations sent; their header is {HEADER.hex()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
