import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends observations: {@code java -cp 'kafka-clients.jar:avro.jar:…' ProduceObservations.java localhost:9092
 * hosts.observations Observation.avsc [COUNT] [FIRST_TIME]}. They are Noether's own records, which need no
 * {@code source} section in the detector file.
 */
public final class ProduceObservations {
    public static void main(String[] arguments) throws IOException {
        String topic = arguments[1];
        Schema schema = new Schema.Parser().parse(Path.of(arguments[2]).toFile());
        int count = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 10;
        long firstTime = arguments.length > 4 ? Long.parseLong(arguments[4]) : System.currentTimeMillis();
        Map<String, Object> settings = Map.of("bootstrap.servers", arguments[0]);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                // Put your own measurements here.
                String entity = "host-" + i % 10;
                long time = firstTime + i * 1000L;
                Map<String, Float> features = Map.of("cpu", 20 + i % 60 * 0.5f, "memory", (float) (4e9 + i * 4096.0));
                // The key keeps the observations of an entity in one partition, in order.
                producer.send(new ProducerRecord<>(
                        topic, null, time, entity, encode(schema, entity, time, features)));
            }
        }
        System.out.println(
                count + " observations sent; their header is " + HexFormat.of().formatHex(header(schema)));
    }

    /** Two bytes C3 01, and Avro's fingerprint of the schema, CRC-64-AVRO, the lowest byte first. */
    private static byte[] header(Schema schema) {
        return ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array();
    }

    private static byte[] encode(Schema schema, String entity, long time, Map<String, Float> features)
            throws IOException {
        Schema named = schema.getField("features").schema().getTypes().get(1);
        GenericData.Record values = new GenericData.Record(named);
        values.put("values", features);
        GenericData.Record record = new GenericData.Record(schema);
        record.put("entity", entity);
        record.put("eventTime", time);
        record.put("features", values);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(header(schema));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericData.Record>(schema).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
