// Prints incidents: node consume-incidents.js localhost:9092 hosts.incidents [COUNT]
//
// Needs `output: {format: json}` in the detector file. kafkajs cannot read LZ4: set
// kafka: {properties: {compression.type: gzip}} there too, or install kafkajs-lz4.

const { Kafka, logLevel } = require('kafkajs');

const [servers, topic, count = 'Infinity'] = process.argv.slice(2);

async function main() {
  const kafka = new Kafka({ brokers: servers.split(','), logLevel: logLevel.ERROR });
  // kafkajs reads committed records only, which is right: what is not committed may be written again.
  const consumer = kafka.consumer({ groupId: 'incident-printer-' + process.pid });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let seen = 0;
  await consumer.run({
    eachMessage: async ({ message }) => {
      const incident = JSON.parse(message.value.toString());
      // An incident has several records: OPENED, UPDATED, RESOLVED. Its id stays the same.
      console.log(`${incident.time} ${incident.state} ${incident.severity} ${incident.description}`);
      if (++seen >= Number(count)) {
        // Not awaited: the consumer waits for this handler.
        consumer.disconnect().then(() => process.exit(0));
      }
    },
  });
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
