// Sends observations: node produce-observations.js localhost:9092 hosts.observations [avro|json] [COUNT] [FIRST_TIME]
//
// avro: Noether's own records, which need no `source` section in the detector file.
// json: {"entity": …, "time": …, "cpu": …, "memory": …}, read with
//       source: {format: json, entity: entity, time: time}

const fs = require('fs');
const path = require('path');
const avro = require('avsc');
const { Kafka } = require('kafkajs');

const [servers, topic, format = 'avro', count = '10', firstTime = String(Date.now())] = process.argv.slice(2);

// Put your own measurements here.
function observation(i) {
  return {
    entity: 'host-' + (i % 10),
    time: Number(firstTime) + i * 1000,
    features: { cpu: 20 + (i % 60) * 0.5, memory: 4e9 + i * 4096 },
  };
}

// Copy this file of the schema to your program.
const schemaFile = path.join(__dirname, '../../../schemas/src/main/resources/dev/noether/schemas/v1/Observation.avsc');
const type = avro.Type.forSchema(JSON.parse(fs.readFileSync(schemaFile, 'utf8')));

// Avro's fingerprint of a schema, CRC-64-AVRO, as 8 bytes, the lowest first. avsc does not have it.
function fingerprint(schema) {
  const empty = 0xc15d213aa4d7a795n;
  let result = empty;
  for (const byte of Buffer.from(JSON.stringify(schema.schema()))) {
    let entry = (result ^ BigInt(byte)) & 0xffn;
    for (let bit = 0; bit < 8; bit++) {
      entry = entry & 1n ? (entry >> 1n) ^ empty : entry >> 1n;
    }
    result = (result >> 8n) ^ entry;
  }
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(result);
  return bytes;
}

// Each record is: two bytes C3 01, the fingerprint, the fields in Avro's binary encoding.
const header = Buffer.concat([Buffer.from([0xc3, 0x01]), fingerprint(type)]);

function encode(one) {
  if (format === 'json') {
    return Buffer.from(JSON.stringify({ entity: one.entity, time: one.time, ...one.features }));
  }
  const body = type.toBuffer({
    entity: one.entity,
    eventTime: one.time,
    features: { 'dev.noether.schemas.NamedFeatures': { values: one.features } },
  });
  return Buffer.concat([header, body]);
}

async function main() {
  const producer = new Kafka({ brokers: servers.split(',') }).producer({ idempotent: true });
  await producer.connect();
  const batch = 1000;
  for (let from = 0; from < Number(count); from += batch) {
    const messages = [];
    for (let i = from; i < Math.min(from + batch, Number(count)); i++) {
      const one = observation(i);
      // The key keeps the observations of an entity in one partition, in order.
      messages.push({ key: one.entity, value: encode(one), timestamp: String(one.time) });
    }
    await producer.send({ topic, messages });
  }
  await producer.disconnect();
  console.log(`${count} observations sent; their header is ${header.toString('hex')}`);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
